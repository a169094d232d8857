/** What the window makes of news of the states. */

import { expect, it } from 'vitest';
import type { StateRow, StatesNews } from '../../electron/contract/state-news.ts';
import { lineTo } from '../../electron/contract/state-tree.ts';
import { changeSigns, heldWords, rowWords } from '../../renderer/timeline/state-words.ts';
import { NO_STATES, withNews } from '../../renderer/timeline/tree.ts';
import { redoWay, undoWay } from '../../renderer/timeline/ways.ts';

function row(id: number, parent: number | null, rest: Partial<StateRow> = {}): StateRow {
  const run = parent === null ? null : id;
  const usual = { code: `x = ${id}`, outcome: 'ok', seconds: 0, changes: null, outside: [] } as const;
  return { id, parent, run, ...usual, outside: [], name: null, copy: 'frozen', reason: null, ...rest };
}

function news(rows: StateRow[], rest: Partial<StatesNews> = {}): StatesNews {
  const standing = { current: 0, undo: null, redo: null, transactions: [], held: null, able: true };
  return { ...standing, rows, whole: false, ...rest };
}

const FIRST = withNews(NO_STATES, news([row(0, null), row(1, 0), row(2, 1)], { whole: true }));

it('keeps the rows of which nothing is new', () => {
  const later = withNews(FIRST, news([row(3, 1), row(1, 0, { name: 'clean' })]));
  expect(later.rows.map(({ id, name }) => [id, name])).toEqual([
    [0, null],
    [1, 'clean'],
    [2, null],
    [3, null],
  ]);
  expect(later.rows[2]).toBe(FIRST.rows[2]);
  expect(lineTo(later.byId, 3).map(({ id }) => id)).toEqual([3, 1, 0]);
  expect(withNews(later, news([row(0, null)], { whole: true })).rows).toHaveLength(1);
});

it('says which run undo and redo are about, or why not', () => {
  const at = (current: number, undo: number | null, redo: number | null) => ({
    ...FIRST,
    current,
    undo,
    redo,
  });
  expect(undoWay(at(2, 1, null)).words).toBe('Undo run 2: x = 2');
  expect(redoWay(at(1, 0, 2)).words).toBe('Redo run 2: x = 2');
  expect(undoWay(at(0, null, null)).words).toBe('There is no run to undo');
  expect(redoWay(at(2, 1, null)).words).toBe('There is no run to redo');
  const gone = withNews(
    at(2, 1, null),
    news([row(1, 0, { copy: 'gone', reason: 'evicted' })], { current: 2, undo: 1 }),
  );
  expect(undoWay(gone).words).toBe('Run 2 cannot be undone: evicted');
  expect(undoWay({ ...FIRST, able: false }).words).toBe('This Python keeps no copies of its states');
});

it('puts a row into words', () => {
  const names = (count: number) => ({ count, some: [] });
  const changes = {
    added: names(2),
    rebound: names(1),
    changed: names(1),
    removed: names(3),
    skipped: names(9),
  };
  expect(changeSigns(changes)).toBe('+2 ~2 −3');
  const raised = row(4, 1, {
    code: '1 / 0',
    outcome: 'raised',
    seconds: 0.25,
    changes,
    name: 'here',
    copy: 'gone',
  });
  expect(rowWords(raised, 2)).toBe('here · Run 4: 1 / 0 · raised · +2 ~2 −3 · 0.2 s · evicted');
});

it('counts the states that can be gone to, and what they hold', () => {
  const gone = row(1, 0, { copy: 'gone' });
  const live = row(2, 1, { copy: 'pending' });
  expect(heldWords(withNews(FIRST, news([gone, live], { current: 2, held: 61_000_000 })))).toBe(
    '2 states · 61 MB',
  );
});
