/** Which checkpoints stay: with time, and within the budget. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { thinned } from '../../../electron/supervisor/store/checkpoint-thinning.ts';
import type { SessionFolder, Store } from '../../../electron/supervisor/store/store.ts';
import { newHome, noise, openIn, save, storeIn } from '../../support/store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 20, 12);

type Made = Parameters<typeof thinned>[0][number];

/** Save again and again, and thin each time; return what is left. */
function savedEvery(interval: number, until: number, name: (index: number) => string | null = () => null) {
  let kept: Made[] = [];
  for (let index = 0; index * interval <= until; index += 1) {
    kept.push({ id: String(index).padStart(9, '0'), name: name(index), at: START + index * interval });
    const going = new Set(thinned(kept));
    kept = kept.filter(({ id }) => !going.has(id));
  }
  return kept;
}

function ages(kept: readonly Made[]): number[] {
  const newest = kept.at(-1)?.at ?? 0;
  return kept.map(({ at }) => newest - at);
}

describe('automatic checkpoints of a session', () => {
  it('all stay while they are few', () => {
    expect(savedEvery(MINUTE, 9 * MINUTE)).toHaveLength(10);
  });

  it('are fewer the older they are', () => {
    const found = ages(savedEvery(MINUTE, 3 * DAY));
    const between = (from: number, to: number) => found.filter((age) => age >= from && age < to).length;
    expect(found.slice(-10)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((age) => age * MINUTE));
    expect(between(10 * MINUTE, 2 * HOUR)).toBe(12);
    expect(between(2 * HOUR, DAY)).toBe(22);
    expect(between(DAY, 4 * DAY)).toBe(3);
  });

  it('of which one has a name stays for good', () => {
    const kept = savedEvery(MINUTE, 3 * DAY, (index) => (index % 100 === 7 ? `n${index}` : null));
    expect(kept.filter(({ name }) => name !== null)).toHaveLength(44);
  });

  it('are as few when saved seldom', () => {
    expect(savedEvery(5 * HOUR, 2 * DAY)).toHaveLength(10);
    expect(savedEvery(3 * DAY, 90 * DAY)).toHaveLength(31);
  });

  it('keep the newest ten though the clock goes back', () => {
    const kept: Made[] = Array.from({ length: 30 }, (_, index) => ({
      id: String(index).padStart(9, '0'),
      name: null,
      at: START + (index < 20 ? index * MINUTE : index * MINUTE - DAY),
    }));
    const going = thinned(kept);
    expect(going.every((id) => Number(id) < 20)).toBe(true);
    expect(going.length).toBeLessThan(20);
  });
});

const BLOCK = 100_000;

/** A session with so many automatic checkpoints, of a block each. */
async function sessionOf(store: Store, count: number, name: string | null = null): Promise<SessionFolder> {
  const session = await openIn(store);
  for (let index = 0; index < count; index += 1) await save(session, { block: noise(BLOCK) }, name);
  return session;
}

async function left(store: Store, session: SessionFolder): Promise<number> {
  return (await store.list()).filter((told) => told.session === session.id).length;
}

describe('the budget', () => {
  it('takes the oldest of sessions that are over first, and their newest last', async () => {
    const home = newHome();
    const store = storeIn(home);
    const [one, two, open] = [
      await sessionOf(store, 3),
      await sessionOf(store, 3),
      await sessionOf(store, 3),
    ];
    await one.close('quit');
    await two.close('quit');
    const block = (await store.usage()).bytes / 9;
    const within = async (blocks: number) => {
      const small = storeIn(home, { budget: blocks * block + BLOCK / 2 });
      await save(await openIn(small), { x: '1' });
      return Promise.all([one, two, open].map((session) => left(store, session)));
    };
    expect(await within(9)).toEqual([3, 3, 3]);
    expect(await within(8)).toEqual([2, 3, 3]);
    expect(await within(5)).toEqual([1, 1, 3]);
    expect(await within(3)).toEqual([1, 1, 1]);
    expect(await within(2)).toEqual([0, 1, 1]);
    expect(await within(0)).toEqual([0, 1, 1]);
  });

  it('leaves the newest of an open session and all that have names, and says so', async () => {
    const home = newHome();
    const small = storeIn(home, { budget: 2 * BLOCK });
    const named = await sessionOf(small, 2, 'named');
    const open = await sessionOf(small, 3);
    await named.close('quit');
    expect([await left(small, named), await left(small, open)]).toEqual([2, 1]);
    const usage = await small.usage();
    expect(usage.bytes).toBeGreaterThan(usage.budget);
    expect(usage.warning).toMatch(/^Saved sessions take [\d.]+ k?B, more than the [\d.]+ k?B/);
    expect((await storeIn(home).usage()).warning).toBeNull();
  });

  it('leaves the newest of a session that is offered, where its going would not be enough', async () => {
    const home = newHome();
    const store = storeIn(home);
    const offered = await sessionOf(store, 2);
    await offered.close('quit');
    const small = storeIn(home, { budget: BLOCK });
    await save(await openIn(small), { block: noise(3 * BLOCK) });
    expect(await left(store, offered)).toBe(1);
    const dismissed = storeIn(home, { budget: BLOCK });
    await dismissed.dismiss(offered.id);
    await save(await openIn(dismissed), { x: '1' });
    expect(await left(store, offered)).toBe(0);
    expect(readdirSync(join(home, 'checkpoints'))).not.toContain(offered.id);
  });

  it('counts a pack once that several sessions have', async () => {
    const home = newHome();
    const store = storeIn(home);
    const first = await openIn(store);
    const block = noise(BLOCK);
    const { id } = await save(first, { block });
    const second = await openIn(store);
    await second.inherit(id);
    await save(second, { block, x: '1' });
    expect((await store.usage()).bytes).toBeLessThan(1.5 * BLOCK);
  });

  it('does not take what an open session came from, before that has saved anything', async () => {
    const home = newHome();
    const store = storeIn(home);
    const first = await openIn(store);
    const { id } = await save(first, { block: noise(BLOCK) });
    await save(first, { block: noise(BLOCK) });
    await first.close('quit');
    const second = await openIn(store);
    await second.inherit(id);
    const small = storeIn(home, { budget: BLOCK });
    await save(await openIn(small), { x: '1' });
    expect((await store.inspect(id)).damage.pieces).toBe(0);
  });
});

describe('a session with many checkpoints', () => {
  it('keeps no more than it needs', async () => {
    const store = storeIn(newHome());
    const session = await openIn(store);
    const blocks = [noise(BLOCK), noise(BLOCK), noise(BLOCK)];
    for (let round = 0; round < 40; round += 1) {
      blocks[round % 3] = noise(BLOCK);
      await save(session, Object.fromEntries(blocks.entries()));
    }
    const checkpoints = await store.list();
    for (const { id } of checkpoints) expect((await store.inspect(id)).damage.pieces).toBe(0);
    const needed = (checkpoints.length + 2) * BLOCK;
    expect((await store.usage()).bytes).toBeLessThan(2 * needed);
  });
});
