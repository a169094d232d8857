/** `pyrepl3 checkpoints …` and `pyrepl3 inspect`: the program itself, on a store in a home of its own. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { parseArguments } from '../../electron/cli/arguments.ts';
import type { Checkpoint } from '../../electron/contract/checkpoints.ts';
import { type Result, resultOf } from '../support/result.ts';
import { newHome, openIn, save, storeIn } from '../support/store.ts';
import { Pane } from './tmux.ts';

let program = '';

beforeAll(async () => {
  program = await freshProgram();
});

function pyrepl3(home: string, ...words: string[]): Promise<Result> {
  const env = { ...process.env, PYREPL3_HOME: home };
  return resultOf(spawn(process.execPath, [program, ...words], { env, cwd: home }));
}

/** A home with a session that has three checkpoints. */
async function filled() {
  const home = newHome();
  const session = await openIn(storeIn(home));
  const first = await save(session, { x: 'one', y: 'two' }, 'model', {
    modules: { np: 'numpy 1.26.4' },
    unsaved: { g: 'a generator' },
    parts: { runs: '[]' },
  });
  const second = await save(session, { x: 'two', z: 'three' });
  const third = await save(session, { x: 'two' }, 'last');
  return { home, session, first, second, third };
}

describe('pyrepl3 checkpoints', () => {
  it('lists them, the newest first', async () => {
    const { home, session, first, second, third } = await filled();
    const { status, out, err } = await pyrepl3(home, 'checkpoints');
    expect([status, err]).toEqual([0, '']);
    expect(out.split('\n').map((line) => line.replace(/ (yesterday )?\d\d:\d\d/, ' now'))).toEqual([
      `session ${session.id} · Python 3.11.7 · /project`,
      `  ${third.id}  last   now  3 B  1 name                +x`,
      `  ${second.id}  —      now  8 B  2 names               +x, z`,
      `  ${first.id}  model  now  8 B  4 names, 1 not saved  +x, y`,
      '',
    ]);
  });

  it('says when there are none', async () => {
    expect(await pyrepl3(newHome(), 'checkpoints')).toEqual({
      status: 0,
      out: 'There are no checkpoints yet; %save NAME in a session makes one.\n',
      err: '',
    });
  });

  it('lists a damaged one with what is wrong', async () => {
    const { home, session, second } = await filled();
    writeFileSync(join(session.path, `${second.id}.checkpoint`), '{');
    const { status, out } = await pyrepl3(home, 'checkpoints');
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`${second.id} .* damaged: Its root is no JSON.`));
  });

  it('shows what one holds', async () => {
    const { home, first } = await filled();
    const { status, out } = await pyrepl3(home, 'checkpoints', 'show', 'model');
    expect(status).toBe(0);
    const lines = out.split('\n').map((line) => line.replace(/ (yesterday )?\d\d:\d\d/, ' now'));
    expect(lines).toEqual([
      `checkpoint  model · ${first.id}`,
      'made        now, after run 3',
      'Python      3.11.7 · linux-x86_64',
      'folder      /project',
      'size        8 B · runs 2 B',
      'packages    numpy 1.26.4',
      'names       4 names, 1 not saved',
      '',
      'x   saved      bytes      3 B',
      'y   saved      bytes      3 B',
      'np  imported   module          numpy 1.26.4',
      'g   not saved  generator       a generator',
      '',
    ]);
  });

  it('compares, renames and deletes', async () => {
    const { home, first, second, third } = await filled();
    const compared = await pyrepl3(home, 'checkpoints', 'compare', 'model', second.id);
    expect(compared.out).toBe('added    z\nchanged  x\nremoved  y, np, g\n');
    const renamed = await pyrepl3(home, 'checkpoints', 'rename', 'model', 'the model');
    expect(renamed.out).toBe(`Checkpoint ${first.id} is named the model now.\n`);
    const refused = await pyrepl3(home, 'checkpoints', 'delete', 'the model', second.id);
    expect(refused).toEqual({
      status: 2,
      out: '',
      err: 'pyrepl3: Deleting is permanent; add --yes where there is no terminal to ask on.\n',
    });
    const deleted = await pyrepl3(home, 'checkpoints', 'delete', 'the model', second.id, '--yes');
    expect([deleted.status, deleted.out]).toEqual([2, '']);
    expect(deleted.err).toContain('is open in another PyREPL3');
    expect((await storeIn(home).list()).map(({ id }) => id)).toEqual([third.id, second.id, first.id]);
  });

  it('deletes what is closed, damaged ones too', async () => {
    const { home, session, first, second, third } = await filled();
    await session.close('quit');
    writeFileSync(join(session.path, `${second.id}.checkpoint`), '{');
    const { status, out } = await pyrepl3(home, 'checkpoints', 'delete', second.id, 'model', '-y');
    expect([status, out]).toEqual([0, `Deleted ${second.id}, model.\n`]);
    expect(await storeIn(home).list()).toEqual([third]);
    expect(existsSync(join(session.path, 'packs', `${first.id}.pack`))).toBe(false);
  });

  it('exports to a file, and imports it elsewhere when told to', async () => {
    const { home, first } = await filled();
    const file = join(home, 'model.pyrepl3');
    expect(await pyrepl3(home, 'checkpoints', 'export', 'model', file)).toEqual({
      status: 0,
      out: `Exported ${first.id} to ${file}.\n`,
      err: '',
    });
    const again = await pyrepl3(home, 'checkpoints', 'export', 'model', file);
    expect(again.err).toBe(`pyrepl3: ${file} exists already; add --yes to replace it.\n`);
    const there = newHome();
    const refused = await pyrepl3(there, 'checkpoints', 'import', file);
    expect(refused).toEqual({
      status: 2,
      out: '',
      err:
        'pyrepl3: This checkpoint was not made here. Opening it runs code that it contains, with all your rights. ' +
        'Add --trust to import it.\n',
    });
    const imported = await pyrepl3(there, 'checkpoints', 'import', file, '--trust', '--json');
    const checkpoint: Checkpoint = JSON.parse(imported.out);
    expect(await storeIn(there).list()).toEqual([checkpoint]);
    writeFileSync(join(there, 'settings.json'), '{"checkpoints": {"foreign": "never"}}');
    const never = await pyrepl3(there, 'checkpoints', 'import', file, '--trust');
    expect(never.err).toContain('such are never opened');
  });

  it('tells the same as JSON', async () => {
    const { home, first, second, third } = await filled();
    const store = storeIn(home);
    const json = async (...words: string[]) =>
      JSON.parse((await pyrepl3(home, 'checkpoints', ...words, '--json')).out);
    expect(await json('list')).toEqual([third, second, first]);
    expect(await json('show', 'model')).toEqual(await store.inspect(first.id));
    expect(await json('compare', first.id, third.id)).toEqual(await store.compare(first.id, third.id));
    expect(await json('rename', 'last', '')).toEqual({ ...third, name: null });
  });

  it('says in one line what is wrong', async () => {
    const { home } = await filled();
    expect(await pyrepl3(home, 'checkpoints', 'show', 'modle')).toEqual({
      status: 2,
      out: '',
      err: 'pyrepl3: There is no checkpoint modle. Did you mean model?\n',
    });
  });
});

describe.skipIf(spawnSync('tmux', ['-V']).status !== 0)('on a terminal', () => {
  it('asks before it deletes', async () => {
    const { home, session, second, third } = await filled();
    await session.close('quit');
    const pane = new Pane(90, 10);
    await pane.becomes((screen) => /[#$]$/.test(screen.at(-1) ?? ''), 'the shell');
    pane.press(`PS1='$ '; export PYREPL3_HOME=${home}; clear`, 'Enter');
    await pane.shows('$');
    for (const answer of ['n', 'y']) {
      pane.press(`clear; ${process.execPath} ${program} checkpoints delete model`, 'Enter');
      await pane.becomes((screen) => screen.at(-1) === 'Delete model permanently? y/N', 'the question');
      pane.press(answer, 'Enter');
      const end = answer === 'y' ? 'Deleted model.' : 'pyrepl3: Nothing was deleted.';
      await pane.becomes((screen) => screen.slice(-2).join('|') === `${end}|$`, end);
    }
    expect(await storeIn(home).list()).toEqual([third, second]);
  });
});

describe('pyrepl3 inspect', () => {
  it('tells what a file holds, whether it is whole, and whose it is', async () => {
    const { home, first } = await filled();
    const file = join(home, 'model.pyrepl3');
    await storeIn(home).exportTo(first.id, file);
    rmSync(join(home, 'key'));
    const sound = await pyrepl3(home, 'inspect', file);
    expect(sound.status).toBe(0);
    expect(sound.out).toContain('after run 3, not by this installation\n');
    const bytes = readFileSync(file);
    bytes.write('eno', bytes.indexOf('one'));
    writeFileSync(file, bytes);
    const damaged = await pyrepl3(home, 'inspect', file);
    expect(damaged.status).toBe(1);
    expect(damaged.out).toContain('damaged     1 piece of its data; lost with it: x\n');
    expect(damaged.out).toMatch(/^x {3}damaged/m);
    expect(JSON.parse((await pyrepl3(home, 'inspect', file, '--json')).out)).toMatchObject({
      trusted: false,
      damage: { pieces: 1, names: ['x'] },
    });
    writeFileSync(file, bytes.subarray(0, 100));
    expect(await pyrepl3(home, 'inspect', file)).toEqual({
      status: 2,
      out: '',
      err: `pyrepl3: ${file} cannot be opened as a checkpoint: its end is missing or damaged.\n`,
    });
  });

  it('does not let a file play tricks with the terminal', async () => {
    const home = newHome();
    const store = storeIn(home);
    const { id } = await save(await openIn(store), { '\x1b]0;x\x07': '1', 'a\u202eb': '2' });
    await store.exportTo(id, join(home, 'x.pyrepl3'));
    const { out } = await pyrepl3(home, 'inspect', join(home, 'x.pyrepl3'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
  });
});

describe('the words', () => {
  const task = { kind: 'checkpoints', words: [], json: false, yes: false, trust: false, all: false };

  it.each([
    ['checkpoints', { ...task, action: 'list' }],
    ['checkpoints list --json', { ...task, action: 'list', json: true }],
    ['checkpoints delete a b -y', { ...task, action: 'delete', words: ['a', 'b'], yes: true }],
    ['checkpoints import a --trust', { ...task, action: 'import', words: ['a'], trust: true }],
    ['inspect a', { ...task, action: 'inspect', words: ['a'] }],
    ['checkpoints --help', { ...task, action: 'help' }],
  ])('%s are understood', (line, expected) => {
    expect(parseArguments(line.split(' '))).toEqual(expected);
  });

  it.each([
    ['checkpoints remane a b', 'there is no remane to do with checkpoints. Did you mean rename?'],
    ['checkpoints xyzzy', 'there is no xyzzy to do with checkpoints. pyrepl3 checkpoints --help tells'],
    ['checkpoints rename a', 'rename needs more words: pyrepl3 checkpoints rename NAME NEW.'],
    ['inspect', 'inspect needs more words: pyrepl3 inspect FILE.'],
    ['inspect a b', 'b is one too many: pyrepl3 inspect FILE.'],
    ['checkpoints --jsn', 'there is no option --jsn. Did you mean --json?'],
    ['checkpoints --trust', '--trust has no meaning with list; it is for import.'],
    ['checkpoints --json=1', '--json takes no value.'],
  ])('%s are refused', (line, words) => {
    expect(() => parseArguments(line.split(' '))).toThrow(words);
  });
});
