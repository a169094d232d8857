import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newHome, openIn, save } from '../support/store.ts';
import { leftBehind, SavedTrial } from './checkpoints-trial.ts';

const UP = '\x1b[A';
const GENERATOR = 'a generator, which stands in the middle of its code';
/** Takes long enough to save that one sees it. */
const LARGE = 'x = [{str(i): i} for i in range(800_000)]';

describe('%save', () => {
  it('gives the prompt back at once, and tells when it is done what is not saved', async () => {
    const trial = await new SavedTrial().after('x = [1]', 'gen = (i for i in x)', 'd = {"g": gen, "a": 1}');
    trial.type('%save before-lunch\r', 'x.append(2)\r');
    await trial.becomes(
      () => trial.said.length === 3,
      () => 'three lines',
    );
    expect(trial.said[0]).toMatch(/^· saved before-lunch: 2 names, [\d.]+ kB$/);
    expect(trial.said.slice(1)).toEqual([
      `· not saved: gen (${GENERATOR})`,
      `· saved in part: d, without d['g'] (${GENERATOR})`,
    ]);
    expect(trial.screen.slice(0, 2)).toEqual(['>>> %save before-lunch', '>>> x.append(2)']);
  });

  it('takes the name from before, or the folder’s, and a name means one checkpoint', async () => {
    const trial = await new SavedTrial().after('x = 1');
    await trial.saved('');
    await trial.after('x = 2');
    await trial.saved('');
    const named = async () => (await trial.store.list()).map((each) => 'name' in each && each.name);
    await expect.poll(named).toEqual(['project', null]);
    await trial.saved('other');
    trial.type('%checkpoints rename other better\r');
    await expect.poll(named).toEqual(['better', 'project', null]);
    await trial.saved('');
    await expect.poll(named).toEqual(['better', null, 'project', null]);
  });

  it('shows how far it is, and can be stopped', async () => {
    const trial = await new SavedTrial().after(LARGE);
    trial.type('%save large\r', 'half');
    await trial.becomes(
      () => /^· saving large.* · %save --cancel stops it$/.test(trial.screen.at(-1) ?? ''),
      () => 'the line under the prompt',
    );
    trial.type('\x15', '%save --cancel\r');
    await trial.endsIn('>>> %save --cancel', '· The save was cancelled.', '>>>');
    trial.type('%save --cancel\r');
    await trial.endsIn('· No save is going on.', '>>>');
    expect(await trial.store.list()).toEqual([]);
  });

  it('waits with its words until the program has left the screen', async () => {
    const trial = await new SavedTrial().after('x = 1');
    const saved = new Promise((resolve) => trial.session.checkpoints.once('saved', resolve));
    trial.type('%save one\r', 'input("? ")\r');
    await trial.endsWith('?');
    await saved;
    trial.type('yes\r');
    await trial.becomes(
      () => /^· saved one: 1 name/.test(trial.screen.at(-2) ?? ''),
      () => 'that it is saved',
    );
    expect(trial.screen.slice(0, 4)).toEqual(['>>> %save one', '>>> input("? ")', '? yes', "'yes'"]);
  });

  it('says what is wrong with a name, and where there is no place', async () => {
    const trial = new SavedTrial();
    trial.type('%save 12\r', '%save --now\r');
    await trial.says(
      '· A name has at least one letter; digits alone would be the beginning of an id.',
      '· %save takes a name, or --cancel, not --now.',
    );
    const other = new SavedTrial({ store: null });
    other.type('%save a\r', '%checkpoints\r');
    await other.says(
      '· This session was opened without a place for saved ones.',
      '· This session was opened without a place for saved ones.',
    );
  });

  it('that nobody asked for says once that it failed', async () => {
    const home = newHome();
    writeFileSync(join(home, 'checkpoints'), 'in the way');
    const pace = { rest: 0, apart: 0 };
    const trial = new SavedTrial({ home, checkpoints: { automatic: true, pace } });
    trial.type('x = 1\r');
    await trial.becomes(
      () => trial.said.length === 1,
      () => 'a line',
    );
    trial.type('x = 2\r', 'x\r');
    await trial.endsIn('2', '>>>');
    expect(trial.said).toEqual([expect.stringMatching(/^· The session could not be saved automatically\. /)]);
  });
});

describe('%restore', () => {
  it('brings back names, history and what was printed, and tells what is missing', async () => {
    const home = await leftBehind('one', 'x = [1]', 'gen = (i for i in x)', 'print("é", x)');
    const trial = new SavedTrial({ home });
    trial.type('%restore\r');
    await trial.endsIn(
      '>>> %restore',
      '│ >>> x = [1]',
      '│ >>> gen = (i for i in x)',
      '│ >>> print("é", x)',
      '│ é [1]',
      '· restored one: 1 name',
      `✕ not back: gen (${GENERATOR})`,
      '  · run 2 makes it again',
      '· Enter runs what makes gen again; any other key does not',
      '>>> %rebuild',
    );
    trial.type(UP, UP, '\r');
    await trial.endsIn('>>> gen = (i for i in x)', '>>>');
    trial.type('x, list(gen)\r');
    await trial.endsIn('([1], [1])', '>>>');
  });

  it('has what makes the rest again ready for Enter', async () => {
    const home = await leftBehind('one', 'x = [1]', 'gen = (i for i in x)', 'pair = [gen, 2]');
    const trial = new SavedTrial({ home });
    trial.type('%restore one\r');
    await trial.endsWith('>>> %rebuild');
    trial.type('\r');
    await trial.endsIn(
      '>>> %rebuild',
      '· again: run 2: gen = (i for i in x)',
      '· again: run 3: pair = [gen, 2]',
      '· made again: gen and pair',
      '>>>',
    );
    trial.type('pair[0] is gen, list(gen)\r');
    await trial.endsIn('(True, [1])', '>>>');
  });

  it('tells what else those runs would do', async () => {
    const home = await leftBehind('one', 'x = [1]; gen = (i for i in x)', 'x.append(2)');
    const trial = new SavedTrial({ home });
    trial.type('%restore one\r');
    await trial.endsWith('>>> %rebuild');
    expect(trial.said.at(-1)).toBe(
      '· Enter runs what makes gen again, and rebinds x; any other key does not',
    );
  });

  it('rebuilds nothing where another key is pressed, or Enter was pressed before', async () => {
    const home = await leftBehind('one', 'gen = (i for i in "ab")');
    const trial = new SavedTrial({ home });
    trial.type('%restore one\r');
    await trial.endsWith('>>> %rebuild');
    trial.type('"gen" in dir()\r');
    await trial.endsIn('>>> "gen" in dir()', 'False', '>>>');
    trial.type('%restore one\r\r');
    await trial.becomes(
      () => trial.screen.slice(-2).join('|') === '>>>|>>>',
      () => 'two empty prompts',
    );
  });

  it('says which run failed to make a name again', async () => {
    const home = await leftBehind('one', 'import os', 'gen = (i for i in os.sep)');
    const trial = new SavedTrial({ home });
    trial.type('%restore one\r');
    await trial.endsWith('>>> %rebuild');
    trial.type('del os\r', '%rebuild\r');
    await trial.says('✕ not made again: gen, by run 2');
  });

  it('can be taken back', async () => {
    const trial = await new SavedTrial().after('x = 1');
    await trial.saved('one');
    await trial.after('x = 2', 'y = 3');
    trial.type('%restore one\r');
    await trial.becomes(
      () => / goes back to where you were$/.test(trial.said.at(-1) ?? ''),
      () => 'the way back',
    );
    const [, command = ''] = / · (%\w+(?: \d+)?) goes back/.exec(trial.said.at(-1) ?? '') ?? [];
    expect(command).toBe('%undo');
    trial.type('x\r', '%undo 2\r', 'x, y\r');
    await trial.endsIn('(2, 3)', '>>>');
    expect(trial.screen).toContain('1');
    // Its own transcript is on the screen already.
    expect(trial.screen.some((line) => line.startsWith('│'))).toBe(false);
  });

  it('brings back some names, into the state that one is in', async () => {
    const trial = await new SavedTrial().after('a, b = 1, 2');
    await trial.saved('my session');
    await trial.after('a, b, c = 7, 8, 9');
    trial.type('%restore my session b\r', 'a, b, c\r');
    await trial.endsIn(
      '· restored my session: 1 name · %undo goes back to where you were',
      '>>> a, b, c',
      '(7, 2, 9)',
      '>>>',
    );
    trial.type('%undo 2\r', 'a, b, c\r');
    await trial.endsIn('(7, 8, 9)', '>>>');
  });

  it('says what is not there, or cannot be used, and the session is where it was', async () => {
    const trial = await new SavedTrial().after('x = 1');
    await trial.saved('one');
    const [folder = ''] = readdirSync(join(trial.home, 'checkpoints')).filter((name) => /^\d/.test(name));
    const packs = join(trial.home, 'checkpoints', folder, 'packs');
    trial.type('%restore two\r', '%restore one nope\r');
    await trial.says(
      '· There is no checkpoint two. pyrepl3 checkpoints lists them.',
      '· There is no name nope in Checkpoint one.',
    );
    for (const pack of readdirSync(packs)) {
      truncateSync(join(packs, pack), 100);
    }
    await trial.after('x = 2');
    trial.type('%restore one\r');
    await trial.becomes(
      () => /^· Checkpoint \S+ cannot be used: /.test(trial.said.at(-1) ?? ''),
      () => 'what is wrong',
    );
    trial.type('x\r');
    await trial.endsIn('>>> x', '2', '>>>');
  });

  it('never takes a checkpoint for another whose id it has as its name', async () => {
    const trial = await new SavedTrial().after('x = 1');
    await trial.saved('one');
    const { id } = await trial.store.find('one');
    const decoy = await save(await openIn(trial.store), { x: 'not what is meant' }, id);
    await trial.after('x = 2');
    trial.type(`%restore ${id}\r`);
    await trial.says(
      `· ${id} is the id of one checkpoint and is the name of another, ${decoy.id}: rename or delete that one first.`,
    );
    expect(await trial.console.restore({ id })).toBe(true);
    trial.type('x\r');
    await trial.endsIn('>>> x', '1', '>>>');
  });

  it('can be stopped', async () => {
    const trial = await new SavedTrial().after(LARGE);
    await trial.saved('large');
    await trial.after('x = 2');
    trial.type('%restore large\r');
    await trial.becomes(
      () => /^· restoring x: 0 of 1 name, .* · Ctrl-C stops it$/.test(trial.screen.at(-1) ?? ''),
      () => 'the line of progress',
    );
    trial.type('\x03');
    await trial.says('· Checkpoint large was not restored: it was interrupted. The session is where it was.');
    trial.type('x\r');
    await trial.endsIn('>>> x', '2', '>>>');
  });
});
