/** What going from one state to another changes. */

import { expect, it } from 'vitest';
import type { NameChanges, StateRow } from '../../electron/contract/state-news.ts';
import { difference } from '../../renderer/timeline/difference.ts';

type Lists = Partial<Record<keyof NameChanges, string>>;

function names(list = '') {
  const some = list.split(' ').filter(Boolean);
  return { count: some.length, some };
}

function row(id: number, parent: number | null, lists: Lists, outside: string[] = []): StateRow {
  const { added, rebound, changed, removed, skipped } = lists;
  const changes = {
    added: names(added),
    rebound: names(rebound),
    changed: names(changed),
    removed: names(removed),
    skipped: names(skipped),
  };
  const rest = { code: '', outcome: 'ok', seconds: 0, name: null, copy: 'frozen', reason: null } as const;
  return { id, parent, run: id, changes, outside, ...rest };
}

/** 0 — 1 — 2 — 3, and 1 — 4. */
const ROWS = [
  row(0, null, {}),
  row(1, 0, { added: 'a b' }),
  row(2, 1, { added: 'c', changed: 'a', skipped: 'big' }, ['wrote to report.csv']),
  row(3, 2, { removed: 'b', rebound: 'c' }),
  row(4, 1, { rebound: 'a', added: 'c d' }),
];
const BY_ID = new Map(ROWS.map((one) => [one.id, one]));

const NOTHING = {
  more: 0,
  isPartial: false,
  outside: [],
  added: [],
  rebound: [],
  changed: [],
  removed: [],
  uncertain: [],
};

it('turns round what the undone runs did', () => {
  expect(difference(BY_ID, 3, 1)).toEqual({
    ...NOTHING,
    added: ['b'],
    changed: ['a'],
    removed: ['c'],
    uncertain: ['big'],
    outside: ['wrote to report.csv'],
    undone: 2,
    redone: 0,
  });
});

it('does again what the runs forward did, which take nothing back outside', () => {
  expect(difference(BY_ID, 1, 3)).toEqual({
    ...NOTHING,
    added: ['c'],
    changed: ['a'],
    removed: ['b'],
    uncertain: ['big'],
    undone: 0,
    redone: 2,
  });
});

it('goes up to where two branches part, and down again', () => {
  expect(difference(BY_ID, 3, 4)).toEqual({
    ...NOTHING,
    added: ['b', 'd'],
    rebound: ['a', 'c'],
    uncertain: ['big'],
    outside: ['wrote to report.csv'],
    undone: 2,
    redone: 1,
  });
});

it('says nothing of a name that comes and goes on the way', () => {
  const rows = [row(0, null, {}), row(1, 0, { added: 'x' }), row(2, 1, { removed: 'x' })];
  expect(difference(new Map(rows.map((one) => [one.id, one])), 0, 2)).toEqual({
    ...NOTHING,
    undone: 0,
    redone: 2,
  });
});

it('says when a run between was not looked at', () => {
  const rows = [row(0, null, {}), { ...row(1, 0, {}), changes: null }];
  expect(difference(new Map(rows.map((one) => [one.id, one])), 1, 0).isPartial).toBe(true);
});
