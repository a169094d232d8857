import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newHome } from '../support/store.ts';
import { leftBehind, SavedTrial } from './checkpoints-trial.ts';

/** A trial with three checkpoints: one, one made by itself, and two. */
async function filled(): Promise<SavedTrial> {
  const trial = await new SavedTrial().after('x, y = [1], 2', 'gen = (i for i in x)');
  await trial.saved('one');
  await trial.after('x.append(2)');
  await trial.session.checkpoints.save({ name: null }).done;
  await trial.after('z = 3; del y');
  await trial.saved('two');
  return trial;
}

/** The screen with the times, ids and sizes taken out, which are others each time. */
function steady(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .replace(/\d{8}-\d{6}(-[0-9a-f]{6})?/g, 'ID')
      .replace(/(yesterday )?\d\d:\d\d/g, 'WHEN')
      .replace(/[\d.]+ k?B\b/g, 'SIZE')
      .replace(/ {3,}/g, '  '),
  );
}

describe('%checkpoints', () => {
  it('lists them, the newest at the bottom', async () => {
    const trial = await filled();
    trial.type('%checkpoints\r');
    await trial.becomes(
      () => trial.screen.slice(-3, -2)[0]?.includes('ID') === false && trial.screen.at(-1) === '>>>',
      () => 'the list',
    );
    expect(steady(trial.screen.slice(-4))).toEqual([
      '  one  WHEN  SIZE  3 names, 1 not saved  +3',
      '  ID  WHEN  SIZE  3 names, 1 not saved  ~1',
      '  two  WHEN  SIZE  3 names, 1 not saved  +1 −1',
      '>>>',
    ]);
  });

  it('says when there are none, and what is damaged', async () => {
    const trial = await new SavedTrial().after('x = 1');
    trial.type('%checkpoints\r');
    await trial.says('· There are no saved sessions yet: %save makes one.');
    await trial.saved('one');
    const [session = ''] = readdirSync(join(trial.home, 'checkpoints')).filter((name) => /^\d/.test(name));
    const folder = join(trial.home, 'checkpoints', session);
    const root = readdirSync(folder).find((name) => name.endsWith('.checkpoint')) ?? '';
    writeFileSync(join(folder, root), '{');
    trial.type('%checkpoints\r');
    await trial.becomes(
      () => trial.screen.some((line) => line.startsWith('✕')),
      () => 'the damaged one',
    );
    expect(steady(trial.screen.filter((line) => line.startsWith('✕')))).toEqual([
      '✕ ID  WHEN  Its root is no JSON.',
    ]);
  });

  it('shows what is in one, name by name', async () => {
    const trial = await filled();
    trial.type('%checkpoints two\r');
    await trial.becomes(
      () => trial.screen.some((line) => /^gen +not saved +generator/.test(line)),
      () => 'the names',
    );
    expect(steady(trial.screen)).toEqual(
      expect.arrayContaining(['checkpoint  two · ID', 'names  3 names, 1 not saved', 'x  saved  list  SIZE']),
    );
  });

  it('renames and deletes', async () => {
    const trial = await filled();
    trial.type('%checkpoints rename one my first\r', '%checkpoints delete two\r');
    await trial.says('· one is named my first now', '· deleted two: 2 names');
    trial.type('%checkpoints delete two\r', '%checkpoints rename my first\r', '%checkpoints delete\r');
    await trial.says(
      '· There is no checkpoint two. pyrepl3 checkpoints lists them.',
      '· More is needed: %checkpoints rename NAME NEW.',
      '· More is needed: %checkpoints delete NAME.',
    );
    const names = (await trial.store.list()).map((each) => 'name' in each && each.name);
    expect(names).toEqual([null, 'my first']);
  });

  it('are completed, by name and by what can be done', async () => {
    const trial = await filled();
    trial.type('%restore o\t');
    await trial.endsWith('>>> %restore one');
    trial.type('\x15', '%checkpoints ren\t', ' tw\t');
    await trial.endsWith('>>> %checkpoints rename two');
    trial.type('\x15', '%checkpoints \t');
    await trial.becomes(
      () =>
        ['rename', 'delete', 'export', 'import', 'all', 'one'].every((word) =>
          trial.screen.slice(-4).join(' ').includes(word),
        ),
      () => 'the words',
    );
  });
});

describe('%diff', () => {
  it('tells what differs from one to another, and to now', async () => {
    const trial = await filled();
    trial.type('%diff one two\r');
    await trial.endsIn('· from one to two', 'added    z', 'changed  x', 'removed  y', '>>>');
    trial.type('w = 1; del z\r', '%diff\r');
    await trial.endsIn('· from two to now', 'added    w', 'removed  z', '>>>');
    trial.type('%diff two two\r');
    await trial.endsIn('· from two to two', 'Nothing is different.', '>>>');
  });
});

describe('a checkpoint from elsewhere', () => {
  async function exported(): Promise<string> {
    const home = await leftBehind('one', 'x = [1]');
    const trial = new SavedTrial({ home });
    const file = join(home, 'one');
    trial.type(`%checkpoints export one ${file}\r`);
    await trial.becomes(
      () => trial.said.at(-1)?.startsWith('· exported one') ?? false,
      () => 'the file',
    );
    return `${file}.pyrepl3`;
  }

  it('is opened when the user has typed yes, who was told what that means', async () => {
    const file = await exported();
    const trial = new SavedTrial();
    trial.type(`%checkpoints import ${file}\r`);
    await trial.endsWith('· type yes to open it:');
    expect(trial.said.slice(-3, -1)).toEqual([
      '✕ This checkpoint was not made here. Opening it runs code that it contains, with all your rights.',
      expect.stringMatching(/^· it says of itself: \d\d:\d\d, 1 name, Python 3\.\d+\.\d+, \w+-\w+$/),
    ]);
    trial.type('y\r');
    await trial.says('· It was not opened.');
    trial.type(`%checkpoints import ${file}\r`);
    await trial.endsWith('· type yes to open it:');
    trial.type('\x03');
    await trial.says('· It was not opened.');
    trial.type(`%checkpoints import ${file}\r`, 'yes\r');
    await trial.endsWith('· type yes to open it:');
    trial.type('yes\r');
    await trial.says('· imported one: 1 name · %restore one brings them back');
    trial.type('%restore one\r', 'x\r');
    await trial.endsIn('>>> x', '[1]', '>>>');
  });

  it('in the store is asked about when it is restored', async () => {
    const home = await leftBehind('one', 'x = [1]');
    writeFileSync(join(home, 'key'), Buffer.alloc(32, 7));
    const trial = new SavedTrial({ home });
    trial.type('%restore one\r');
    await trial.endsWith('· type yes to open it:');
    trial.type('yes\r');
    await trial.becomes(
      () => trial.said.at(-1) === '· restored one: 1 name',
      () => 'that it is restored',
    );
    trial.type('%restore one\r', 'x\r');
    await trial.endsIn('>>> x', '[1]', '>>>');
  });

  it('is never opened where the settings say so', async () => {
    const file = await exported();
    const trial = new SavedTrial({ home: newHome(), foreign: 'never' });
    trial.type(`%checkpoints import ${file}\r`);
    await trial.becomes(
      () => trial.said.at(-1)?.includes('such are never opened') === true,
      () => 'the refusal',
    );
  });
});
