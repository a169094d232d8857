/** How saved sessions are put into words, and in order. */

import { expect, it } from 'vitest';
import type { Card, ForeignFile, NameLine } from '../../electron/contract/checkpoint-news.ts';
import { groupsOf } from '../../renderer/checkpoints/card-groups.ts';
import {
  aftermathTitle,
  amountWords,
  cardWords,
  changeSigns,
  guestWords,
  lackWords,
  offerTitle,
  offerWords,
  passageTitle,
  progressWords,
  rerunWords,
} from '../../renderer/checkpoints/card-words.ts';

const NOW = new Date(2026, 10, 25, 18, 14).getTime();
const MINUTE_MS = 60_000;

const CARD: Card = {
  id: '20261125-171400-9f3a01',
  session: '20261125-160000-000001',
  name: 'before-lunch',
  at: NOW,
  run: 12,
  lastRun: 'df.describe()',
  python: '3.11.7',
  folder: '~/project',
  size: 340_000_000,
  counts: { saved: 30, partly: 1, imported: 2, reopened: 1, unsaved: 2 },
  changes: { added: 3, changed: 0, removed: 1 },
};

it('puts a card into words, and leaves out what there is none of', () => {
  expect(cardWords(CARD, NOW)).toBe(
    'before-lunch · 18:14 · 34 names · 340 MB · 2 names not saved, 1 in part · +3 −1',
  );
  const whole = { ...CARD.counts, partly: 0, unsaved: 0 };
  const plain = { ...CARD, name: null, counts: whole, changes: { added: 0, changed: 0, removed: 0 } };
  expect([lackWords(plain), changeSigns(plain), amountWords(plain)]).toEqual(['', '', '33 names · 340 MB']);
  expect(lackWords({ ...CARD, counts: { ...whole, partly: 1 } })).toBe('1 name in part');
});

it('says which session is offered', () => {
  const offer = { card: { ...CARD, name: null }, ended: 'cut off', at: NOW - 12 * MINUTE_MS } as const;
  expect(offerTitle(offer, NOW)).toBe('Cut off 12 minutes ago in ~/project');
  expect(offerTitle({ ...offer, ended: 'quit' }, NOW)).toBe('Quit 12 minutes ago in ~/project');
  expect(offerWords(offer, 'Python 3.11.7')).toBe('34 names · 340 MB · 2 names not saved, 1 in part');
  expect(offerWords({ ...offer, card: CARD }, 'Python 3.13.0')).toBe(
    'before-lunch · 34 names · 340 MB · 2 names not saved, 1 in part · Python 3.11.7',
  );
});

it('says how far a save is', () => {
  const progress = { name: 'df', done: 12, names: 34, bytes: 120_000_000 };
  const passage = { kind: 'saving', name: 'before-lunch', automatic: false, progress } as const;
  expect([passageTitle(passage), progressWords(passage)]).toEqual([
    'Saving before-lunch',
    '12 of 34 names · 120 MB',
  ]);
  const nothing = { name: null, done: 0, names: 0, bytes: 0 };
  const restoring = { ...passage, kind: 'restoring', name: null, progress: nothing } as const;
  expect([passageTitle(restoring), progressWords(restoring)]).toEqual(['Restoring a session', '']);
});

it.each([
  [[3], 'Re-run run 3'],
  [[3, 7], 'Re-run runs 3 and 7'],
  [[1, 3, 7, 9], 'Re-run runs 1, 3, 7 and 9'],
  [[1, 3, 7, 9, 12, 20], 'Re-run runs 1, 3, 7 and 3 more'],
])('says that runs %j can be run again', (runs, words) => {
  expect(rerunWords(runs)).toBe(words);
});

it('counts what came back, and what did not', () => {
  const line = (name: string, how: NameLine['how']) => ({
    ...{ name, how, type: 'generator', size: 0, words: null },
    run: null,
  });
  const missing = [line('gen', 'unsaved'), line('data', 'partly')];
  const aftermath = { card: CARD, back: 34, missing, more: 0, warnings: [], runs: [], script: null };
  expect(aftermathTitle(aftermath)).toBe('before-lunch is back · 34 names · 1 did not come back');
  expect(aftermathTitle({ ...aftermath, missing: [], card: { ...CARD, name: null } })).toBe(
    'The session is back · 34 names',
  );
});

it('asks about a file that was not made here, and not about one that was', () => {
  const contents = { card: CARD, names: [], more: 0, packages: [], differences: [], damage: null };
  const guest = (trusted: boolean): ForeignFile => ({
    ...{ file: 'a.pyrepl3', complaint: null, busy: false },
    contents: { ...contents, trusted },
  });
  expect(guestWords(guest(true))).toBe(null);
  expect(guestWords(guest(false))).toContain('Opening it runs code that it contains, with all your rights');
  expect(guestWords({ ...guest(false), complaint: 'No.' })).toBe('No.');
});

it('puts this session first, and then the earlier ones, each with its newest checkpoint first', () => {
  const card = (id: string, session: string, folder = '~') => ({ ...CARD, id, session, folder });
  const damaged = { id: '5', session: 'old', at: 5, reason: 'Its root is no JSON.' };
  const cards = [damaged, card('4', 'old', '/tmp'), card('3', 'own'), card('2', 'older'), card('1', 'own')];
  const groups = groupsOf({ cards, session: 'own' });
  expect(
    groups.map(({ isOwn, folder, cards: all }) => [isOwn, folder, all.map(({ id }) => id).join()]),
  ).toEqual([
    [true, '~', '3,1'],
    [false, '/tmp', '5,4'],
    [false, '~', '2'],
  ]);
});
