/** A checkpoint that somebody has made so that code of theirs runs when it is loaded: it does not run unasked. */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Checkpoint } from '../../../electron/contract/checkpoints.ts';
import { type Store, Untrusted } from '../../../electron/supervisor/store/store.ts';
import { fate, keeps, openSaved } from '../../support/checkpoints.ts';
import {
  type Parts,
  pickleThatRuns,
  putTogether,
  replacePickle,
  rootOf,
  takeApart,
  unpack,
} from '../../support/crafting.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { FOREIGN, newHome, storeIn } from '../../support/store.ts';
import { packOf } from '../../support/writer.ts';

const NEVER = 'This checkpoint was not made here, and such are never opened: settings.json has';
const UNASKED = 'Opening it runs code that it contains, with all your rights.';

/** A real checkpoint, and what it becomes when the pickle of `x` is another that touches a file. */
async function crafted(python: Interpreter) {
  const home = newHome();
  const store = storeIn(home);
  const trial = openSaved(python, { store });
  await keeps(trial, 'x = list(range(100)); y = bytes(range(256)) * 400');
  const real = await trial.session.checkpoints.save({ name: 'real' }).done;
  await trial.close();
  const exported = join(home, 'real.pyrepl3');
  await store.exportTo(real.id, exported);
  const mark = join(home, 'it ran');
  const parts = replacePickle(takeApart(exported), 'x', pickleThatRuns(`touch "${mark}"`));
  return { home, store, real, parts, mark, hasRun: () => existsSync(mark) };
}

/** The file of a stranger, who has a key of their own. */
function strangersFile(home: string, parts: Parts): string {
  const { body, pieces } = putTogether(parts);
  const file = join(home, 'gift.pyrepl3');
  writeFileSync(file, packOf(pieces, rootOf(body, randomBytes(32))));
  return file;
}

/** A session's folder with one checkpoint, put into a store by hand. */
function drop(home: string, parts: Parts, key: Buffer): string {
  const [session, id] = ['20991231-235900-abcdef', '20991231-235959-abcdef'];
  const { body, pieces } = putTogether(parts);
  const folder = join(home, 'checkpoints', session);
  mkdirSync(join(folder, 'packs'), { recursive: true });
  writeFileSync(join(folder, 'packs', `${id}.pack`), packOf(pieces));
  writeFileSync(join(folder, `${id}.checkpoint`), JSON.stringify(rootOf({ ...body, id, session }, key)));
  return id;
}

/** A session in which something is there that must stay. */
async function openHere(python: Interpreter, store: Store): Promise<Trial> {
  const trial = openSaved(python, { store });
  await keeps(trial, 'here = 1');
  return trial;
}

function restore(trial: Trial, words: string) {
  return trial.session.checkpoints.restore(words);
}

onPythons(ONE, 'a checkpoint that would run code', (python) => {
  it('runs it where the user has said yes: the others of these tests would be nothing worth', async () => {
    const { home, parts, hasRun } = await crafted(python);
    const store = storeIn(newHome());
    const { id } = await store.importFrom(strangersFile(home, parts), { trust: true });
    const trial = await openHere(python, store);
    await restore(trial, id);
    expect(hasRun()).toBe(true);
    expect(await trial.says('x, len(y)')).toBe('(0, 102400)\n');
  });

  it('in a stranger’s file is looked at, and not taken in unasked, nor ever where the settings say so', async () => {
    const { home, parts, hasRun, store } = await crafted(python);
    const file = strangersFile(home, parts);
    const { trusted, names, damage } = await store.inspectFile(file);
    expect([trusted, names.map(({ name }) => name), damage.pieces]).toEqual([false, ['x', 'y'], 0]);
    await expect(store.importFrom(file, { trust: false })).rejects.toThrow(Untrusted);
    const strict = storeIn(home, { foreign: 'never' });
    await expect(strict.importFrom(file, { trust: true })).rejects.toThrow(NEVER);
    expect(await store.list()).toHaveLength(1);
    expect(hasRun()).toBe(false);
  });

  it('in a folder that was put into the store is neither offered nor restored', async () => {
    const { home, parts, real, store, hasRun } = await crafted(python);
    const id = drop(home, parts, randomBytes(32));
    expect((await store.list())[0]).toMatchObject({ id, reason: FOREIGN });
    expect((await store.offers()).map(({ checkpoint }) => checkpoint.id)).toEqual([real.id]);
    expect((await store.inspect(id)).trusted).toBe(false);
    const trial = await openHere(python, store);
    await expect(restore(trial, id)).rejects.toThrow(UNASKED);
    const strict = await openHere(python, storeIn(home, { foreign: 'never' }));
    await expect(restore(strict, id)).rejects.toThrow(NEVER);
    expect((await restore(trial, 'real')).checkpoint.id).toBe(real.id);
    expect(await strict.says('here')).toBe('1\n');
    expect(hasRun()).toBe(false);
  });

  it('and whose root was changed to name it is not restored', async () => {
    const { home, parts, real, store, hasRun } = await crafted(python);
    const { body, pieces } = putTogether(parts);
    const folder = join(home, 'checkpoints', real.session);
    writeFileSync(join(folder, 'packs', 'z.pack'), packOf(pieces));
    const file = join(folder, `${real.id}.checkpoint`);
    const root = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...root, body: JSON.stringify(body) }));
    const trial = await openHere(python, store);
    for (const words of ['', 'real', real.id]) await expect(restore(trial, words)).rejects.toThrow();
    expect(await store.list()).toEqual([expect.objectContaining({ id: real.id, reason: FOREIGN })]);
    expect(await trial.says('here')).toBe('1\n');
    expect(hasRun()).toBe(false);
  });

  it('and that lies where its manifest names other data costs the name, and brings the rest', async () => {
    const { parts, real, home, store, mark, hasRun } = await crafted(python);
    const file = onlyPack(home, real);
    const { pieces } = unpack(file);
    const [hash = ''] = parts.manifest.pieces[0] as [string, number];
    const size = pieces.get(hash)?.length ?? 0;
    const pickle = pickleThatRuns(`touch "${mark}"`);
    pieces.set(hash, Buffer.concat([pickle, Buffer.alloc(size)]).subarray(0, size));
    writeFileSync(file, packOf(pieces));
    const trial = await openHere(python, store);
    const { names } = await restore(trial, 'real');
    expect(fate(names, 'x')).toMatch(/^unsaved: its data on disk is damaged/);
    expect(hasRun()).toBe(false);
  });

  it('and whose manifest is in the place of another is refused', async () => {
    const { parts, real, home, store, hasRun } = await crafted(python);
    const file = onlyPack(home, real);
    const { pieces } = unpack(file);
    const forged = putTogether(parts);
    const [text] = forged.body.manifest.pieces[0] as [string, number];
    const [hash, size] = parts.body.manifest.pieces[0] as [string, number];
    for (const [name, data] of forged.pieces) pieces.set(name, data);
    pieces.set(
      hash,
      Buffer.concat([forged.pieces.get(text) as Buffer, Buffer.alloc(size)]).subarray(0, size),
    );
    writeFileSync(file, packOf(pieces));
    const trial = await openHere(python, store);
    await expect(restore(trial, 'real')).rejects.toThrow(
      `Checkpoint ${real.id} cannot be used: a part of its data is damaged.`,
    );
    expect(await trial.says('here')).toBe('1\n');
    expect(hasRun()).toBe(false);
  });

  it('is a stranger’s again when the key has gone', async () => {
    const { home, parts, store, hasRun } = await crafted(python);
    const id = drop(home, parts, readFileSync(join(home, 'key')));
    expect((await store.list())[0]).not.toHaveProperty('reason');
    rmSync(join(home, 'key'));
    const trial = await openHere(python, storeIn(home));
    await expect(restore(trial, id)).rejects.toThrow(UNASKED);
    expect(hasRun()).toBe(false);
  });
});

function onlyPack(home: string, { session }: Checkpoint): string {
  const folder = join(home, 'checkpoints', session, 'packs');
  return join(folder, readdirSync(folder)[0] as string);
}
