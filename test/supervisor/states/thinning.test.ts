/** Which frozen state goes first. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Candidate, chooseEvicted, chooseLife } from '../../../electron/supervisor/states/thinning.ts';

const NOBODY: ReadonlySet<number> = new Set();

function unnamed(...ids: number[]): Candidate[] {
  return ids.map((id) => ({ id, name: null, life: 0 }));
}

/** Keep at most `limit` states over so many runs, and return those that are left. */
function live(runs: number, limit: number, named: readonly number[] = []): Candidate[] {
  let frozen: Candidate[] = [];
  for (let id = 1; id <= runs; id += 1) {
    frozen.push({ id, name: named.includes(id) ? `n${id}` : null, life: 0 });
    while (frozen.length > limit) {
      const victim = chooseEvicted(frozen, new Set([id]));
      frozen = frozen.filter((state) => state.id !== victim);
    }
  }
  return frozen;
}

it('takes none where all are needed', () => {
  expect(chooseEvicted(unnamed(1, 2), new Set([1, 2]))).toBe(null);
  expect(chooseEvicted([], NOBODY)).toBe(null);
});

it('takes a named state only when there is no other', () => {
  const states = [{ id: 1, name: 'loaded', life: 0 }, ...unnamed(2)];
  expect(chooseEvicted(states, NOBODY)).toBe(2);
  expect(chooseEvicted(states, new Set([2]))).toBe(1);
});

it('keeps the newest, and of the older ones fewer the older they are', () => {
  const ids = live(1000, 40).map(({ id }) => id);
  expect(ids).toHaveLength(40);
  expect(ids.slice(-10)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1000]);
  const within = (from: number, to: number) => ids.filter((id) => id > from && id <= to).length;
  expect(within(0, 500)).toBeGreaterThan(0);
  expect(within(500, 1000)).toBeGreaterThan(within(0, 500));
  expect(Math.max(...ids.slice(1).map((id, index) => id - (ids[index] ?? 0)))).toBeLessThan(500);
});

it('keeps named states over any number of runs', () => {
  expect(live(500, 12, [3, 77]).filter(({ name }) => name !== null)).toEqual([
    { id: 3, name: 'n3', life: 0 },
    { id: 77, name: 'n77', life: 0 },
  ]);
});

it('never takes what is needed, and always takes one of the others', () => {
  const states = fc
    .uniqueArray(fc.nat(500), { minLength: 1 })
    .map((ids) => unnamed(...ids.sort((a, b) => a - b)));
  fc.assert(
    fc.property(states, fc.array(fc.nat(500)), (frozen, needed) => {
      const victim = chooseEvicted(frozen, new Set(needed));
      const free = frozen.filter(({ id }) => !needed.includes(id)).map(({ id }) => id);
      expect(victim === null ? free : free.includes(victim)).toEqual(victim === null ? [] : true);
    }),
  );
});

it('lets go of all copies of the process of which the fewest are kept', () => {
  const of = (life: number, ...ids: number[]) => unnamed(...ids).map((state) => ({ ...state, life }));
  const states = [...of(0, 1, 2, 3), ...of(1, 4), ...of(2, 5, 6), ...of(3, 7)];
  expect(chooseLife(states, NOBODY)).toEqual([4]);
  expect(chooseLife(states, new Set([4]))).toEqual([7]);
  expect(chooseLife(states, new Set([4, 7]))).toEqual([5, 6]);
  expect(
    chooseLife(
      states.map((state) => ({ ...state, name: 'x' })),
      NOBODY,
    ),
  ).toEqual([]);
});
