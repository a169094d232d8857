/** Saved sessions on disk: what is put in comes out, by name, by id and piece by piece. */

import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newHome, noise, openIn, save, storeIn } from '../../support/store.ts';
import { until } from '../../support/until.ts';
import { ABOUT, readPacks, write } from '../../support/writer.ts';

describe('a checkpoint', () => {
  it('is told as it was made, the newest first', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const one = await save(session, { x: 'one' }, 'first');
    const other = await save(session, { x: 'two', y: 'three' });
    expect(await store.list()).toEqual([other, one]);
    expect(other).toMatchObject({
      ...ABOUT,
      session: session.id,
      previous: one.id,
      name: null,
      counts: { saved: 2 },
    });
    expect(one.previous).toBeNull();
  });

  it('holds what was saved', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const big = noise(5000);
    const parts = { runs: '[1, 2]', transcript: '>>> x\n' };
    const { id } = await save(session, { x: 'one', big }, null, { parts });
    const manifest = await store.manifest(id);
    expect(manifest.names.map(({ name, size }) => [name, size])).toEqual([
      ['x', 3],
      ['big', 5000],
    ]);
    expect((await store.part(id, 'runs'))?.toString()).toBe('[1, 2]');
    expect((await store.part(id, 'transcript'))?.toString()).toBe('>>> x\n');
    expect(await store.part(id, 'plots')).toBeNull();
    const source = await store.source(id);
    expect(source).toEqual({
      checkpoint: id,
      folder: session.path,
      manifest: await session.previous(),
      names: null,
    });
  });

  it('takes of the disk only what is new', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const big = noise(100_000);
    await save(session, { big, x: '1' });
    await save(session, { big, x: '2' });
    const last = await save(session, { big, x: '2' });
    const hashes = readPacks(session.path).map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(last.added).toBe(0);
    expect((await store.inspect(last.id)).damage).toEqual({ pieces: 0, names: [] });
  });

  it('is inspected without being loaded', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const work = { modules: { np: 'numpy 1.26.4' }, unsaved: { g: 'a generator' }, parts: { runs: '[]' } };
    const checkpoint = await save(session, { x: 'one' }, 'mine', work);
    const inspection = await store.inspect(checkpoint.id);
    expect(inspection).toMatchObject({
      checkpoint,
      trusted: true,
      parts: [{ kind: 'runs', size: 2 }],
      packages: { numpy: '1.26.4' },
      damage: { pieces: 0, names: [] },
    });
    expect(inspection.names).toMatchObject([
      { name: 'x', how: 'saved' },
      { name: 'np', how: 'imported', detail: 'numpy 1.26.4' },
      { name: 'g', how: 'unsaved', reason: 'a generator' },
    ]);
  });

  it('is for the user alone, whatever the umask', async () => {
    const before = process.umask(0o277);
    onTestFinished(() => void process.umask(before));
    const home = newHome();
    const session = await openIn(storeIn(home));
    const { id } = await save(session, { x: 'one' });
    process.umask(before);
    const mode = (...path: string[]) => lstatSync(join(...path)).mode & 0o777;
    expect([mode(home, 'key'), mode(session.path, `${id}.checkpoint`)]).toEqual([0o600, 0o600]);
    expect([mode(session.path, 'session.json'), mode(session.path, 'packs', `${id}.pack`)]).toEqual([
      0o600, 0o600,
    ]);
    expect(
      [join(home, 'checkpoints'), session.path, join(session.path, 'packs')].map((path) => mode(path)),
    ).toEqual([0o700, 0o700, 0o700]);
  });

  it('leaves nothing but itself', async () => {
    const home = newHome();
    const session = await openIn(storeIn(home));
    const { id } = await save(session, { x: 'one' });
    expect(readdirSync(home).sort()).toEqual(['checkpoints', 'key']);
    expect(readdirSync(join(home, 'checkpoints'))).toEqual([session.id]);
    expect(readdirSync(session.path).sort()).toEqual([`${id}.checkpoint`, 'packs', 'session.json']);
    expect(readdirSync(join(session.path, 'packs'))).toEqual([`${id}.pack`]);
  });
});

describe('removing', () => {
  it('gives back what nobody else needs, and the folder with the last one', async () => {
    const home = newHome();
    const store = storeIn(home);
    const session = await openIn(store);
    const one = await save(session, { big: noise(50_000), x: '1' });
    const other = await save(session, { x: '1', y: '2' });
    await store.remove(one.id);
    expect(readPacks(session.path).reduce((sum, { size }) => sum + size, 0)).toBeLessThan(5000);
    expect((await store.inspect(other.id)).damage.pieces).toBe(0);
    await session.close('quit');
    await store.remove(other.id);
    expect(readdirSync(join(home, 'checkpoints'))).toEqual([]);
  });

  it('leaves what a writer counts on', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const big = noise(50_000);
    const one = await save(session, { big });
    await save(session, { x: '1' });
    const saved = write(session.path, { id: 99, values: { big, y: '1' } });
    await store.remove(one.id);
    const last = await session.commit(saved, ABOUT);
    expect((await store.inspect(last.id)).damage.pieces).toBe(0);
  });
});

describe('a session that is restored', () => {
  it('links what the checkpoint needs, and writes only what is new', async () => {
    const store = storeIn(newHome());
    const first = await openIn(store);
    const big = noise(50_000);
    const { id } = await save(first, { big });
    const second = await openIn(store);
    await second.inherit(id);
    await second.clear();
    const [name] = readdirSync(join(first.path, 'packs'));
    expect(statSync(join(second.path, 'packs', name as string)).nlink).toBe(2);
    expect((await save(second, { big, x: '1' })).added).toBeLessThan(5000);
    await first.close('quit');
    await store.remove(id);
    expect((await store.inspect((await store.find('')).id)).damage.pieces).toBe(0);
  });
});

describe('a session of which a checkpoint is being loaded', () => {
  it('stays as it is, until it is released', async () => {
    const home = newHome();
    const store = storeIn(home);
    const first = await openIn(store);
    const one = await save(first, { big: noise(50_000) });
    const two = await save(first, { x: '1', y: '2' });
    await first.close('quit');
    const packs = () => readdirSync(join(first.path, 'packs'));
    const before = packs();
    await store.source(two.id);
    await storeIn(home).remove(one.id);
    await save(await openIn(storeIn(home, { budget: 0 })), { z: '1' });
    expect(packs()).toEqual(before);
    expect(await store.find(two.id)).toEqual(two);
    await (await openIn(store)).inherit(two.id);
    await store.release(first.id);
    await save(await openIn(store), { z: '2' });
    expect(packs()).toEqual([`${two.id}.pack`]);
    expect((await store.inspect(two.id)).damage.pieces).toBe(0);
    expect(readdirSync(first.path).sort()).toEqual([`${two.id}.checkpoint`, 'packs', 'session.json']);
  });
});

describe('a change', () => {
  it('is told, whichever store made it', async () => {
    const home = newHome();
    const [here, there] = [storeIn(home), storeIn(home)];
    const session = await openIn(here);
    const heard = { here: 0, there: 0 };
    const ends = [here.onChange(() => void heard.here++), there.onChange(() => void heard.there++)];
    await save(session, { x: '1' });
    await until(
      () => heard.here > 0 && heard.there > 0,
      () => `both to hear of it: ${JSON.stringify(heard)}`,
    );
    for (const end of ends) end();
  });
});

describe('what is not ours', () => {
  it('in the folder is left alone', async () => {
    const home = newHome();
    const store = storeIn(home);
    const session = await openIn(store);
    writeFileSync(join(home, 'checkpoints', 'notes.txt'), 'mine');
    symlinkSync('/etc', join(home, 'checkpoints', 'link'));
    writeFileSync(join(session.path, 'notes.txt'), 'mine');
    await save(session, { x: '1' });
    expect(await store.list()).toHaveLength(1);
    expect(readFileSync(join(home, 'checkpoints', 'notes.txt'), 'utf8')).toBe('mine');
  });
});
