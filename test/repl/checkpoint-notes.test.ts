import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Checkpoint, Damaged, Offer, SavedName } from '../../electron/contract/checkpoints.ts';
import { offerLines } from '../../electron/repl/controller/welcome.ts';
import {
  handleOf,
  missingLines,
  offerWords,
  restoredWords,
  savedWords,
  savingWords,
  unsavedLines,
} from '../../electron/repl/messages/checkpoint-notes.ts';
import { checkpointsList } from '../../electron/repl/messages/checkpoints-list.ts';
import { paletteFor } from '../../electron/repl/screen/palette.ts';
import { lastLines } from '../../electron/repl/screen/screenful.ts';
import type { Saving } from '../../electron/supervisor/session.ts';

const NOW = new Date(2026, 10, 25, 18, 14).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function checkpoint(more: Partial<Checkpoint> = {}): Checkpoint {
  return {
    id: '20261125-181444-9f3a01',
    session: '20261125-180000-000001',
    previous: null,
    name: 'before-lunch',
    at: NOW - 12 * MINUTE,
    run: 12,
    lastRuns: ['df = load()', 'df.describe()'],
    python: '3.11.7',
    platform: 'linux-x86_64',
    folder: `${homedir()}/project`,
    counts: { saved: 30, partly: 1, imported: 3, reopened: 0, unsaved: 1 },
    changes: { added: ['df', 'x'], changed: ['y'], removed: [], more: 0 },
    size: 1_200_000_000,
    added: 12_000_000,
    ...more,
  };
}

function name(more: Partial<SavedName>): SavedName {
  const rest = { group: null, print: null, reason: null, holes: [], detail: null };
  return { name: 'x', how: 'saved', type: 'list', size: 0, ...rest, ...more };
}

const GEN = name({ name: 'gen', how: 'unsaved', reason: 'a generator' });
const HOLES = [
  { path: "data['gen']", reason: 'a generator' },
  { path: 'data[1]', reason: 'a socket' },
  { path: 'data[2]', reason: 'a lock' },
];
const DATA = name({ name: 'data', how: 'partly', holes: HOLES });

describe('a save', () => {
  it('is told with names, size and what is new', () => {
    expect(savedWords(checkpoint(), NOW)).toBe('saved before-lunch: 34 names, 1.2 GB, 12 MB new');
    expect(savedWords(checkpoint({ added: 0 }), NOW)).toBe(
      'saved before-lunch: 34 names, 1.2 GB, nothing new',
    );
    expect(savedWords(checkpoint({ name: null, size: 900, added: 1000 }), NOW)).toBe(
      'saved the session of 18:02: 34 names, 900 B',
    );
  });

  it('tells how far it is, and how to stop it', () => {
    const progress = { name: 'df', done: 3, names: 34, bytes: 2_000_000 };
    const saving = { name: 'a', progress } as Saving;
    expect(savingWords(saving, false)).toBe('saving a: 3 of 34 names, 2.0 MB · %save --cancel stops it');
    expect(savingWords(saving, true)).toBe(
      'saving a: 3 of 34 names, 2.0 MB · code waits for it · Ctrl-C stops it',
    );
  });

  it('tells what it leaves out, and of much of it where the rest is', () => {
    expect(unsavedLines(checkpoint(), [name({}), GEN, DATA, { ...GEN, name: ':random' }])).toEqual([
      'not saved: gen (a generator)',
      "saved in part: data, without data['gen'] (a generator), data[1] (a socket) and 1 more",
    ]);
    const many = Array.from({ length: 9 }, (_, index) => ({ ...GEN, name: `g${index}` }));
    expect(unsavedLines(checkpoint({ name: null }), many).slice(3)).toEqual([
      'not saved: g3 (a generator)',
      '… and 5 more: %checkpoints 20261125-181444',
    ]);
    expect(unsavedLines(checkpoint(), many.slice(0, 5))).toHaveLength(5);
  });
});

describe('a restore', () => {
  it('is told with what came back in another way, and what makes the rest again', () => {
    const names = [
      name({}),
      name({ name: 'np', how: 'imported' }),
      name({ name: 'log', how: 'reopened' }),
      GEN,
      DATA,
    ];
    const rebuilds = [{ run: 12, code: 'gen = make()', names: ['gen'], besides: [] }];
    const restoration = { checkpoint: checkpoint(), names, warnings: [], rebuilds };
    expect(restoredWords(restoration, NOW)).toBe(
      'restored before-lunch: 4 names, of them 1 imported again and 1 opened again',
    );
    expect(missingLines(restoration)).toEqual([
      'not back: gen (a generator) · run 12 makes it again',
      "back in part: data, without data['gen'] (a generator), data[1] (a socket) and 1 more",
    ]);
  });
});

describe('what another program has written', () => {
  it('cannot play tricks with the terminal', () => {
    const evil = checkpoint({ name: 'a\x1b[2Jb', lastRuns: ['x\x07'], folder: '/tmp/\x1b]0;t\x07' });
    expect(handleOf(evil)).toBe('a [2Jb');
    expect(offerWords({ checkpoint: evil, ended: 'quit', at: NOW }, 100, NOW)).toBe(
      'quit just now in /tmp/ ]0;t  (a [2Jb): 34 names, 1.2 GB, last run x ',
    );
  });
});

describe('the sessions that are offered', () => {
  const offers = Array.from({ length: 5 }, (_, index): Offer => {
    const made = checkpoint({ name: null, size: 340_000_000 });
    return { checkpoint: made, ended: index === 1 ? 'quit' : 'cut off', at: NOW - (12 + index) * MINUTE };
  });

  it('have a key each, the first few of them', () => {
    expect(offerLines(offers, { columns: 120, now: NOW, canChoose: true })).toEqual([
      '· 1  cut off 12 minutes ago in ~/project: 34 names, 340 MB, last run df.describe()',
      '· 2  quit 13 minutes ago in ~/project: 34 names, 340 MB, last run df.describe()',
      '· 3  cut off 14 minutes ago in ~/project: 34 names, 340 MB, last run df.describe()',
      '· and 2 more: %checkpoints',
      '· press 1 to 3 to bring one back; any other key starts clean',
    ]);
  });

  it('have a line each, however narrow the terminal is', () => {
    expect(offerLines(offers.slice(0, 1), { columns: 60, now: NOW, canChoose: true })).toEqual([
      '· 1  cut off 12 minutes ago in ~/project: 34 names, 340 MB',
      '· press 1 to bring it back; any other key starts clean',
    ]);
  });

  it('tell the last run where there is room', () => {
    expect(offerLines(offers.slice(0, 1), { columns: 80, now: NOW, canChoose: true })[0]).toBe(
      '· 1  cut off 12 minutes ago in ~/project: 34 names, 340 MB, last run df.descri…',
    );
  });

  it('have no keys where something else comes first', () => {
    expect(offerLines(offers.slice(0, 1), { columns: 100, now: NOW, canChoose: false }).at(-1)).toBe(
      '· %checkpoints lists them, %restore brings one back',
    );
    expect(offerLines([], { columns: 80, now: NOW, canChoose: true })).toEqual([]);
  });
});

describe('the list', () => {
  const damaged: Damaged = {
    id: '20261125-170000-aaaaaa',
    session: '20261125-180000-000001',
    at: NOW - HOUR,
    reason: 'Its root is damaged.',
  };
  const found = [
    checkpoint(),
    checkpoint({ name: null, counts: { ...checkpoint().counts, partly: 0, unsaved: 0 }, size: 812 }),
    damaged,
  ];
  const shown = (columns: number, count = 20) =>
    checkpointsList({ found, count, columns, palette: paletteFor(false), now: NOW }).split('\n');

  it('has the newest at the bottom, and says what is wrong', () => {
    expect(shown(120)).toEqual([
      '✕ 20261125-170000  17:14  Its root is damaged.',
      '  20261125-181444  18:02  812 B   33 names                         +2 ~1  ~/project',
      '  before-lunch     18:02  1.2 GB  35 names, 1 partly, 1 not saved  +2 ~1  ~/project',
    ]);
  });

  it('leaves out what does not fit, and what is old', () => {
    expect(shown(60, 1)).toEqual(['· 2 more before: %checkpoints all', '  before-lunch  18:02  1.2 GB']);
    expect(shown(80, 1)[1]).toBe('  before-lunch  18:02  1.2 GB  35 names, 1 partly, 1 not saved  +2 ~1');
  });
});

describe('what had been printed', () => {
  it('is shown as it stood on the terminal, without colours and other screens', () => {
    const printed = [
      'old\r\n',
      '\x1b[31mred\x1b[m\r\n',
      '\r 10%\r 20%\x1b[K done\r\n',
      'abc\b\bX\tend\r\n',
      '\x1b[?1049h~\r\n~\r\nvim\x1b[?1049lback\r\n',
      '\x1b]0;title\x07>>> π = "é"\r\n\r\n\r\n',
    ].join('');
    expect(lastLines(Buffer.from(printed), 5)).toEqual([
      'red',
      ' 20% done',
      'aXc     end',
      'back',
      '>>> π = "é"',
    ]);
    expect(lastLines(Buffer.from(printed), 1)).toEqual(['>>> π = "é"']);
    expect(lastLines(Buffer.alloc(0), 5)).toEqual([]);
  });
});
