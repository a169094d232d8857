/** Killed at any moment, with another at work beside it, on a disk that is full: what was saved stays. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../../electron/supervisor/store/store.ts';
import { times } from '../../support/pythons.ts';
import { LARGE, newHome, noise, openIn, save, storeIn } from '../../support/store.ts';
import { startSaver } from '../../support/store-process.ts';
import { ABOUT, readPacks, write } from '../../support/writer.ts';

/** Less than two checkpoints of the program's take. */
const SMALL = 150_000;
const ROUNDS = times(6, 12);

/** The ids of all checkpoints, when each of them is whole. */
async function wholeOnes(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for (const told of await store.list()) {
    expect(told).not.toHaveProperty('reason');
    expect((await store.inspect(told.id)).damage).toEqual({ pieces: 0, names: [] });
    ids.push(told.id);
  }
  return ids;
}

/** What is left in the store besides what it is made of. */
function leftovers(home: string): string[] {
  const folder = join(home, 'checkpoints');
  const sessions = readdirSync(folder);
  const inside = sessions.flatMap((id) => (/^\d/.test(id) ? readdirSync(join(folder, id)) : [id]));
  return inside.filter((name) => !/^(session\.json|packs|[\d-]+-[0-9a-f]+\.checkpoint)$/.test(name));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe('a process that is killed', () => {
  it('while it saves leaves all that it has saved, and nothing half', async () => {
    const home = newHome();
    const store = storeIn(home);
    const saved: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const saver = await startSaver(home, LARGE);
      await saver.saves(1 + (round % 3));
      await pause(Math.random() * 40);
      await saver.kill();
      saved.push(...saver.saved().slice(-10));
    }
    const ids = await wholeOnes(store);
    expect(saved.filter((id) => !ids.includes(id))).toEqual([]);
    await save(await openIn(store), { x: '1' });
    expect(leftovers(home)).toEqual([]);
    expect((await wholeOnes(store)).slice(1)).toEqual(ids);
  });

  it('while it thins leaves its newest, and what stays whole', async () => {
    const home = newHome();
    const store = storeIn(home);
    for (let round = 0; round < ROUNDS; round += 1) {
      const saver = await startSaver(home, SMALL);
      await saver.saves(2 + (round % 4));
      await pause(Math.random() * 40);
      await saver.kill();
      const ids = await wholeOnes(store);
      expect(ids).toContain(saver.saved().at(-1));
      expect((await store.offers())[0]?.checkpoint.session).toBe(saver.session);
    }
    await save(await openIn(storeIn(home, { budget: SMALL })), { x: '1' });
    expect(leftovers(home)).toEqual([]);
    expect((await store.usage()).bytes).toBeLessThan(SMALL);
    const [last] = await wholeOnes(store);
    expect(last).toBe((await store.find('')).id);
  });
});

describe('two processes', () => {
  it('on one store do each other no harm', async () => {
    const home = newHome();
    const store = storeIn(home, { budget: SMALL });
    const savers = await Promise.all([startSaver(home, SMALL), startSaver(home, SMALL)]);
    const session = await openIn(store);
    for (let count = 0; count < 8; count += 1) {
      await save(session, { big: noise(20_000), count: String(count) });
      await wholeNewest(store, savers[0].saved().at(-1));
    }
    await Promise.all(savers.map((saver) => saver.saves(8)));
    await Promise.all(savers.map((saver) => saver.kill()));
    const ids = await wholeOnes(store);
    for (const saver of savers) expect(ids).toContain(saver.saved().at(-1));
    expect(ids).toContain((await store.find('')).id);
  });

  it('of which one has a session open keep the other from removing what is in it', async () => {
    const home = newHome();
    const store = storeIn(home);
    const saver = await startSaver(home, LARGE);
    await saver.saves(1);
    const [id] = saver.saved();
    await expect(store.remove(id as string)).rejects.toThrow(
      `The session of checkpoint ${id} is open in another PyREPL3 (process ${saver.pid}); delete it there.`,
    );
    await store.rename(id as string, 'kept');
    expect(await store.find('kept')).toMatchObject({ id });
    expect(await store.offers()).toEqual([]);
    await saver.kill();
    expect(await store.offers()).toMatchObject([{ ended: 'cut off' }]);
    await store.remove(id as string);
  });
});

/** While another process thins, its checkpoints may go under our hands, but never in half. */
async function wholeNewest(store: Store, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  const found = await store.inspect(id).catch((error: Error) => error);
  if (found instanceof Error) {
    expect(found.message).toMatch(/There is no checkpoint|a part of its data is missing/);
  } else {
    expect(found.damage.pieces).toBe(0);
  }
}

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot && process.platform === 'linux')('a disk', () => {
  /** A home on a disk of its own. */
  function disk(options: string): string {
    const home = join(newHome(), 'disk');
    mkdirSync(home);
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', home]);
    onTestFinished(() => void execFileSync('umount', [home]));
    return home;
  }

  it('that is full is told of, and loses nothing', async () => {
    const home = disk('size=256k');
    const store = storeIn(home);
    const session = await openIn(store);
    const first = await save(session, { x: noise(50_000) });
    const saved = write(session.path, { id: 500, values: { x: noise(10_000) } });
    execFileSync('sh', ['-c', `dd if=/dev/zero of=${join(home, 'other')} bs=1k 2>/dev/null || true`]);
    await expect(session.commit(saved, ABOUT)).rejects.toThrow(
      `The checkpoint could not be written to ${session.path}: the disk is full. Free some space, or delete ` +
        'checkpoints, and save again.',
    );
    expect(await wholeOnes(store)).toEqual([first.id]);
    expect(readdirSync(join(session.path, 'packs'))).toHaveLength(1);
    expect(leftovers(home)).toEqual([]);
    rmSync(join(home, 'other'));
    const next = await save(session, { x: '2' });
    expect(await wholeOnes(store)).toEqual([next.id, first.id]);
  });

  it('that is read-only can be read, and says so when it is written to', async () => {
    const home = disk('size=1m');
    const store = storeIn(home);
    const session = await openIn(store);
    const first = await save(session, { x: '1' }, 'mine');
    const saved = write(session.path, { id: 500, values: { x: '2' } });
    execFileSync('mount', ['-o', 'remount,ro', home]);
    await expect(session.commit(saved, ABOUT)).rejects.toThrow(
      `The checkpoint could not be written to ${session.path}: the file system is read-only. Make it writable, and`,
    );
    await expect(store.remove(first.id)).rejects.toThrow(
      `The saved sessions in ${join(home, 'checkpoints')} cannot be changed: the file system is read-only.`,
    );
    await expect(openIn(store)).rejects.toThrow('the file system is read-only');
    expect(await wholeOnes(storeIn(home))).toEqual([first.id]);
    expect(readPacks(session.path).length).toBeGreaterThan(0);
  });
});
