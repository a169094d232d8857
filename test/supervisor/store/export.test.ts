/** A checkpoint as one file: out of one store, into another with another key. */

import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Untrusted } from '../../../electron/supervisor/store/store.ts';
import { newHome, noise, oneCheckpoint, openIn, save, storeIn } from '../../support/store.ts';
import { packOf, sha256 } from '../../support/writer.ts';

/** A checkpoint of one store, exported, and another store. */
async function exported() {
  const { home, session, checkpoint, sound } = await oneCheckpoint(20_000);
  // A second one shares pieces: the file has all that it needs, and nothing else.
  await save(session, { other: noise(20_000) });
  const file = join(home, 'mine.pyrepl3');
  await storeIn(home).exportTo(checkpoint.id, file);
  return { home, checkpoint, sound, file, there: storeIn(newHome()) };
}

it('goes to another store and back', async () => {
  const { home, checkpoint, sound, file, there } = await exported();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(file).size).toBeLessThan(30_000);
  await expect(there.importFrom(file, { trust: false })).rejects.toThrow(Untrusted);
  const imported = await there.importFrom(file, { trust: true });
  const { id, session } = imported;
  expect(imported).toEqual({ ...checkpoint, id, session, previous: null });
  expect(await there.find('mine')).toEqual(imported);
  const found = await there.inspect(id);
  expect(found).toEqual({ ...sound, digest: found.digest, checkpoint: imported });
  expect((await there.part(id, 'runs'))?.toString()).toBe('[]');
  await there.exportTo(id, join(home, 'back.pyrepl3'));
  const here = storeIn(home);
  await expect(here.importFrom(join(home, 'back.pyrepl3'), { trust: false })).rejects.toThrow(Untrusted);
  const back = await here.importFrom(join(home, 'back.pyrepl3'), { trust: true });
  expect((await here.inspect(back.id)).damage.pieces).toBe(0);
});

it.each([
  ['20261125-181444-9f3a01', 'imported 20261125-181444-9f3a01'],
  ['2026', 'imported 2026'],
  ['--cancel', 'imported --cancel'],
  ['two\nlines\x1b[2J', 'imported two lines [2J'],
  ['my model', 'my model'],
  [' \t', null],
])('named %j is named %j where it is taken in', async (theirs, ours) => {
  const home = newHome();
  const { id } = await save(await openIn(storeIn(home)), { x: '1' }, theirs);
  const file = join(home, 'theirs.pyrepl3');
  await storeIn(home).exportTo(id, file);
  const there = storeIn(newHome());
  const imported = await there.importFrom(file, { trust: true });
  expect(imported.name).toBe(ours);
  expect(await there.find({ id: imported.id })).toEqual(imported);
});

it('leaves out what is beside names and code, and tells what that was', async () => {
  const home = newHome();
  const parts = { transcript: 'printed', runs: '[]', history: 'typed', editor: 'draft', plots: 'drawn' };
  const { id } = await save(await openIn(storeIn(home)), { x: '1', y: noise(3000) }, 'mine', { parts });
  const file = join(home, 'mine.pyrepl3');
  const left = await storeIn(home).exportTo(id, file);
  expect(left).toEqual(await storeIn(home).extras(id));
  expect(left).toEqual({
    parts: [
      { kind: 'transcript', size: 7 },
      { kind: 'history', size: 5 },
      { kind: 'editor', size: 5 },
      { kind: 'plots', size: 5 },
    ],
    variables: [],
  });
  const there = storeIn(newHome());
  const imported = await there.importFrom(file, { trust: true });
  const { parts: kept, damage, names } = await there.inspect(imported.id);
  expect([kept, damage]).toEqual([[{ kind: 'runs', size: 2 }], { pieces: 0, names: [] }]);
  expect(names).toEqual((await storeIn(home).inspect(id)).names);
  expect(imported.size).toBe(3001 + 2);
  expect((await there.part(imported.id, 'runs'))?.toString()).toBe('[]');
  expect(await storeIn(home).exportTo(id, file, { everything: true })).toEqual({ parts: [], variables: [] });
  expect((await storeIn(home).inspectFile(file)).parts.map(({ kind }) => kind)).toEqual(Object.keys(parts));
});

it('is taken in only as it was when it was looked at', async () => {
  const { home, file, there } = await exported();
  const { digest } = await there.inspectFile(file);
  const { id } = await save(await openIn(storeIn(home)), { x: 'another' });
  await storeIn(home).exportTo(id, file);
  await expect(there.importFrom(file, { trust: true, digest })).rejects.toThrow(
    `${file} was replaced since it was looked at: look into it again.`,
  );
  expect(await there.list()).toEqual([]);
  const again = await there.inspectFile(file);
  await there.importFrom(file, { trust: true, digest: again.digest });
  expect(await there.list()).toHaveLength(1);
});

it('needs no question where it was made', async () => {
  const { home, checkpoint, file } = await exported();
  const store = storeIn(home, { foreign: 'never' });
  const { id } = await store.importFrom(file, { trust: false });
  expect(id).not.toBe(checkpoint.id);
  expect(await store.compare(id, checkpoint.id)).toMatchObject({ added: [], changed: [], removed: [] });
});

it('is never taken in where the settings say so', async () => {
  const { file } = await exported();
  const there = storeIn(newHome(), { foreign: 'never' });
  await expect(there.importFrom(file, { trust: true })).rejects.toThrow('such are never opened');
  expect(await there.list()).toEqual([]);
});

it('is not offered after it was taken in', async () => {
  const { file, there } = await exported();
  await there.importFrom(file, { trust: true });
  expect(await there.offers()).toEqual([]);
});

it('is inspected where it lies', async () => {
  const { home, sound, file, there } = await exported();
  expect(await storeIn(home).inspectFile(file)).toEqual(sound);
  expect(await there.inspectFile(file)).toEqual({ ...sound, trusted: false });
});

it('tells what a damaged piece costs, and is not taken in', async () => {
  const { file, there } = await exported();
  const bytes = readFileSync(file);
  const at = bytes.indexOf('one');
  bytes.write('two', at);
  writeFileSync(file, bytes);
  expect((await there.inspectFile(file)).damage).toEqual({ pieces: 1, names: ['x'] });
  await expect(there.importFrom(file, { trust: true })).rejects.toThrow(
    'The checkpoint was not imported: a part of its data is damaged.',
  );
  expect(await there.list()).toEqual([]);
});

it('is refused with words where it is none', async () => {
  const { home, file, there } = await exported();
  const whole = readFileSync(file);
  const cases: [Buffer, string][] = [
    [Buffer.from(''), 'it is no pack of PyREPL3'],
    [Buffer.from('hello, I am a text and nothing else, whatever my name says.'), 'it is no pack of PyREPL3'],
    [whole.subarray(0, -1), 'its end is missing or damaged'],
    [whole.subarray(0, 5000), 'its end is missing or damaged'],
    [packOf(new Map([[sha256(Buffer.from('a')), Buffer.from('a')]])), 'it is no checkpoint'],
    [packOf(new Map(), null, 9), 'it was written by a newer PyREPL3 (format version 9'],
  ];
  for (const [bytes, words] of cases) {
    const bad = join(home, 'bad.pyrepl3');
    writeFileSync(bad, bytes);
    await expect(there.inspectFile(bad)).rejects.toThrow(`${bad} cannot be opened as a checkpoint: ${words}`);
  }
  await expect(there.inspectFile(join(home, 'none'))).rejects.toThrow('checkpoint: it is not there.');
  await expect(there.inspectFile(home)).rejects.toThrow(`${home} is no plain file`);
});

it('is refused at whatever length it is cut off', async () => {
  const { file, there } = await exported();
  for (let length = statSync(file).size - 1; length >= 0; length -= 97) {
    truncateSync(file, length);
    await expect(there.inspectFile(file)).rejects.toThrow('cannot be opened as a checkpoint');
  }
});

it('does not make more of itself than it is', async () => {
  const { home, there } = await exported();
  const piece = Buffer.alloc(2 ** 20);
  const hash = sha256(piece);
  const { checkpoint } = await oneCheckpoint();
  const pieces = Array.from({ length: 2000 }, () => [hash, piece.length]);
  const body = JSON.stringify({ ...checkpoint, manifest: { size: 2000 * piece.length, pieces } });
  const root = { format: 'pyrepl3 checkpoint', version: 1, body, signature: hash };
  const bomb = join(home, 'bomb.pyrepl3');
  writeFileSync(bomb, packOf(new Map([[hash, piece]]), root));
  await expect(there.inspectFile(bomb)).rejects.toThrow('its manifest is larger than any can be');
  const many = JSON.stringify({
    ...checkpoint,
    manifest: { size: 65 * piece.length, pieces: pieces.slice(0, 65) },
  });
  writeFileSync(bomb, packOf(new Map([[hash, piece]]), { ...root, body: many }));
  await expect(there.inspectFile(bomb)).rejects.toThrow('its manifest is larger than any can be');
});

it('replaces what was there in one step, or says why it cannot', async () => {
  const { home, checkpoint, file, sound } = await exported();
  const store = storeIn(home);
  writeFileSync(file, 'old');
  await store.exportTo(checkpoint.id, file);
  expect(await store.inspectFile(file)).toEqual(sound);
  const nowhere = join(home, 'none', 'x.pyrepl3');
  await expect(store.exportTo(checkpoint.id, nowhere)).rejects.toThrow(
    `Checkpoint ${checkpoint.id} was not exported to ${nowhere}: its folder is not there.`,
  );
});

it('can be told from the one that it came from', async () => {
  const { file, there } = await exported();
  const session = await openIn(there);
  await save(session, { x: '1' });
  const [one, two] = [
    await there.importFrom(file, { trust: true }),
    await there.importFrom(file, { trust: true }),
  ];
  expect(new Set([one.id, two.id, one.session, two.session]).size).toBe(4);
  expect((await there.list()).map(({ id }) => id).slice(0, 2)).toEqual([two.id, one.id]);
});
