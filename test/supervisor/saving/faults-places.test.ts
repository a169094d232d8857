/** The place of saved sessions is full, read-only, gone, or a link: it is said, and what was saved is there. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Checkpoint } from '../../../electron/contract/checkpoints.ts';
import type { Store } from '../../../electron/supervisor/store/store.ts';
import { drafts, keeps, openSaved } from '../../support/checkpoints.ts';
import { treeOf, unprotected } from '../../support/faults.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { ONE, onPythons, PYTHONS } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { newHome, oneCheckpoint, openIn, save as saveIn, storeIn } from '../../support/store.ts';

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const NOBODY = 65_534;
const ADVICE = 'Free some space, or delete checkpoints, and save again.';
const LINKED = /is a link, and none is followed among saved sessions; move it away\./;

function save(trial: Trial, name: string) {
  return trial.session.checkpoints.save({ name }).done;
}

/** A session with `x = 1`, saved as `first`, in a home. */
async function openFirst(home: string, python: Interpreter): Promise<Trial> {
  const trial = openSaved(python, { store: storeIn(home) });
  await keeps(trial, 'x = 1');
  await save(trial, 'first');
  return trial;
}

/** Another program restores the checkpoint, and finds `x` in it. */
async function holds(home: string, name: string, python: Interpreter, x = '1'): Promise<void> {
  const trial = openSaved(python, { store: storeIn(home) });
  trial.expectFaults();
  await trial.session.checkpoints.restore(name);
  expect(await trial.says('x')).toBe(`${x}\n`);
  await trial.close();
  for (const { message } of trial.faults) {
    expect(message).toMatch(
      /^The saved sessions? in .* cannot be changed: the (disk is full|file system is .*)\.$/,
    );
  }
}

onPythons(ONE, 'in a place for saved sessions', (python) => {
  it('with blanks, quotes and letters of all kinds in its path', async () => {
    const home = join(newHome(), `Ein "Haus" für 'dich' — 家 %20 $HOME`);
    const trial = await openFirst(home, python);
    await trial.says('x = 2');
    await save(trial, 'zweite Fassung, größer');
    expect(unprotected(home)).toEqual([]);
    await holds(home, 'zweite Fassung, größer', python, '2');
  });

  it('that vanishes between two saves, each is whole', async () => {
    const home = newHome();
    const trial = await openFirst(home, python);
    for (const path of ['checkpoints', '.']) {
      for (const name of readdirSync(join(home, path))) rmSync(join(home, path, name), { recursive: true });
      await keeps(trial, 'x = 2');
      await save(trial, 'again').catch(() => save(trial, 'again'));
      expect(await storeIn(home).offers()).toEqual([]);
      await holds(home, 'again', python, '2');
      expect(unprotected(home)).toEqual([]);
    }
  });

  it('whose key vanishes, what was signed with it is still trusted', async () => {
    const home = newHome();
    const trial = await openFirst(home, python);
    rmSync(join(home, 'key'));
    await keeps(trial, 'x = 2');
    await save(trial, 'second');
    await holds(home, 'second', python, '2');
    await holds(home, 'first', python);
  });

  it('that a file is in the way of', async () => {
    const home = newHome();
    writeFileSync(join(home, 'checkpoints'), '');
    const trial = openSaved(python, { store: storeIn(home) });
    await keeps(trial, 'x = 1');
    await expect(save(trial, 'one')).rejects.toThrow(
      `${join(home, 'checkpoints')} is in the place of a folder of saved sessions; move it away.`,
    );
    rmSync(join(home, 'checkpoints'));
    await save(trial, 'one');
    await holds(home, 'one', python);
  });
});

/** What can be a link: where it is, and what is in it that must stay as it is. */
const LINKS = {
  'all saved sessions': (home: string) => join(home, 'checkpoints'),
  'a session': (home: string, { session }: Checkpoint) => join(home, 'checkpoints', session),
  'its packs': (home: string, { session }: Checkpoint) => join(home, 'checkpoints', session, 'packs'),
  'a pack': (home: string, { session, id }: Checkpoint) =>
    join(home, 'checkpoints', session, 'packs', `${id}.pack`),
  'a root': (home: string, { session, id }: Checkpoint) =>
    join(home, 'checkpoints', session, `${id}.checkpoint`),
};

describe.each(PYTHONS.slice(-1))('a link in the place of', (python) => {
  it.each(Object.entries(LINKS))('%s is neither followed nor written through', async (_, locate) => {
    const home = newHome();
    const trial = await openFirst(home, python);
    const checkpoint = await storeIn(home).find('first');
    const [path, elsewhere] = [locate(home, checkpoint), join(newHome(), 'elsewhere')];
    renameSync(path, elsewhere);
    symlinkSync(elsewhere, path);
    const before = contents(elsewhere);
    await keeps(trial, 'x = 2');
    const second = await save(trial, 'second').then(
      () => holds(home, 'second', python, '2'),
      (error: Error) => error.message,
    );
    expect(second ?? 'saved').toMatch(new RegExp(`${LINKED.source}|^saved$`));
    expect(contents(elsewhere)).toEqual(before);
    expect(await complaint(storeIn(home), checkpoint)).toMatch(LINKED);
    rmSync(path);
    renameSync(elsewhere, path);
    await save(trial, 'third');
    for (const [name, x] of [
      ['first', '1'],
      ['third', '2'],
    ] as const)
      await holds(home, name, python, x);
  });
});

function contents(path: string): string[] {
  return statSync(path).isDirectory() ? treeOf(path) : [readFileSync(path, 'latin1')];
}

/** What is wrong with a checkpoint, or with all. */
async function complaint(store: Store, { id }: Checkpoint): Promise<string> {
  try {
    const damaged = (await store.list()).flatMap((each) => ('reason' in each ? each.reason : []));
    await (damaged.length > 0 || store.manifest(id));
    return damaged.join(' ');
  } catch (error) {
    return (error as Error).message;
  }
}

describe.runIf(isRoot)('a folder that its owner has made read-only', () => {
  it('stays so: it can be read, and saves say why they cannot be made', async () => {
    const { home, session, checkpoint } = await oneCheckpoint();
    const cases = [
      { folder: join(home, 'checkpoints'), change: () => openIn(storeIn(home)) },
      { folder: session.path, change: () => session.begin(7) },
      { folder: join(session.path, 'packs'), change: () => saveIn(session, { x: '2' }) },
    ];
    for (const path of ['.', ...treeOf(home)]) chownSync(join(home, path), NOBODY, NOBODY);
    process.seteuid?.(NOBODY);
    onTestFinished(() => process.seteuid?.(0));
    for (const { folder, change } of cases) {
      chmodSync(folder, 0o500);
      await expect(change()).rejects.toThrow(/: access is denied\./);
      expect([await storeIn(home).list(), statSync(folder).mode & 0o777]).toEqual([[checkpoint], 0o500]);
      chmodSync(folder, 0o700);
    }
    await saveIn(session, { x: '2' });
  });
});

/** A home on a disk of its own. */
function disk(options: string): string {
  const home = join(newHome(), 'disk');
  mkdirSync(home);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', home]);
  onTestFinished(() => void execFileSync('umount', ['-l', home]));
  return home;
}

function fill(home: string): void {
  execFileSync('sh', ['-c', `dd if=/dev/zero of='${join(home, 'other')}' bs=4k 2>/dev/null || true`]);
}

describe.runIf(isRoot).each(ONE)('on a disk, Python $version', (python) => {
  it('that is full what does not fit is said, and what fits again is saved', async () => {
    const home = disk('size=8m');
    const trial = await openFirst(home, python);
    await keeps(trial, 'import os; big = bytearray(os.urandom(20_000_000))');
    await expect(save(trial, 'large')).rejects.toThrow(`Nothing was saved: the disk is full. ${ADVICE}`);
    expect(drafts(home)).toEqual([]);
    await holds(home, 'first', python);
    await keeps(trial, 'del big; x = 2');
    await save(trial, 'second');
    fill(home);
    await keeps(trial, 'x = 3');
    await expect(save(trial, 'third')).rejects.toThrow(/the disk is full\. Free some space/);
    expect(drafts(home)).toEqual([]);
    for (const [name, x] of [
      ['first', '1'],
      ['second', '2'],
    ] as const)
      await holds(home, name, python, x);
    expect((await storeIn(home).list()).map((each) => 'name' in each && each.name)).toEqual([
      'second',
      'first',
    ]);
    rmSync(join(home, 'other'));
    await save(trial, 'third');
    await holds(home, 'third', python, '3');
  });

  it('that takes no new file the old ones are restored', async () => {
    const home = disk('size=8m,nr_inodes=64');
    const trial = await openFirst(home, python);
    for (let count = 0; make(join(home, `f${count}`)); count += 1);
    await keeps(trial, 'x = 2');
    await expect(save(trial, 'second')).rejects.toThrow(/the disk is full\. Free some space/);
    await holds(home, 'first', python);
    for (const name of readdirSync(home)) if (name.startsWith('f')) rmSync(join(home, name));
    await save(trial, 'second');
    await holds(home, 'second', python, '2');
  });

  it('that became read-only the old ones are restored, and saves say why they cannot be', async () => {
    const home = disk('size=8m');
    const trial = await openFirst(home, python);
    execFileSync('mount', ['-o', 'remount,ro', home]);
    await keeps(trial, 'x = 2');
    await expect(save(trial, 'second')).rejects.toThrow(
      /the file system is read-only\. Make it writable, and save again\./,
    );
    await holds(home, 'first', python);
    execFileSync('mount', ['-o', 'remount,rw', home]);
    await save(trial, 'second');
    await holds(home, 'second', python, '2');
  });
});

function make(file: string): boolean {
  try {
    writeFileSync(file, '');
    return true;
  } catch {
    return false; // The disk has room for no more names.
  }
}
