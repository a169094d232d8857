/** What the window shows of saved sessions is short, and plays no tricks with its reader. */

import { expect, it } from 'vitest';
import type { Checkpoint, Inspection, SavedName } from '../../electron/contract/checkpoints.ts';
import type { Ready } from '../../electron/contract/messages.ts';
import {
  toCard,
  toContents,
  toListed,
  toRestored,
} from '../../electron/main/checkpoints/checkpoint-cards.ts';

const CHECKPOINT: Checkpoint = {
  id: '20261125-171400-9f3a01',
  session: '20261125-160000-000001',
  previous: null,
  name: 'before-lunch',
  at: 1,
  run: 12,
  lastRuns: ['import numpy', 'df.describe()'],
  python: '3.11.7',
  platform: 'plan9-vax',
  folder: '/project',
  counts: { saved: 2, partly: 0, imported: 0, reopened: 0, unsaved: 1 },
  changes: { added: ['a', 'b'], changed: ['c'], removed: [], more: 7 },
  size: 100,
  added: 10,
};

function name(given: Partial<SavedName>): SavedName {
  const usual = { how: 'saved', type: 'int', size: 28, group: 0, print: null, reason: null } as const;
  return { name: 'x', ...usual, holes: [], detail: null, ...given };
}

it('has the last run, and counts what changed', () => {
  const card = toCard(CHECKPOINT);
  expect([card.lastRun, card.changes]).toEqual(['df.describe()', { added: 9, changed: 1, removed: 0 }]);
  expect(toCard({ ...CHECKPOINT, lastRuns: [] }).lastRun).toBe(null);
});

it('cuts what is long, and takes out what turns text around', () => {
  const card = toCard({ ...CHECKPOINT, name: `\u202e${'a'.repeat(500)}`, lastRuns: ['\x1b[31mred'] });
  expect(card.name).toHaveLength(200);
  expect(card.name).not.toContain('\u202e');
  expect(card.lastRun).not.toContain('\x1b');
});

it('leaves one that cannot be used as it is', () => {
  const damaged = { id: '1', session: '2', at: 3, reason: 'Its root is no JSON.' };
  expect(toListed(damaged)).toBe(damaged);
});

it('has names with something to say first, and none that are not the session’s own', () => {
  const names = [
    name({ name: 'x10' }),
    name({ name: 'x9' }),
    name({ name: 'np', how: 'imported', type: 'module', detail: 'np' }),
    name({ name: ':random' }),
    name({ name: 'data', how: 'partly', holes: [{ path: "data['gen']", reason: 'a generator' }] }),
    name({ name: 'gen', how: 'unsaved', type: 'generator', reason: 'a generator' }),
  ];
  const { names: lines } = toContents(inspectionOf(names), null);
  expect(lines.map((line) => [line.name, line.how, line.words])).toEqual([
    ['gen', 'unsaved', 'a generator'],
    ['data', 'partly', "data['gen']: a generator"],
    ['x9', 'saved', null],
    ['x10', 'saved', null],
    ['np', 'imported', null],
  ]);
});

it('says what is different here, and what is damaged', () => {
  const damage = { pieces: 2, names: ['x', 'y'] };
  const here = { python: '3.13.0' } as Ready;
  const contents = toContents({ ...inspectionOf([name({})]), damage }, here);
  expect(contents.differences[0]).toBe('It was made with Python 3.11.7, and this is 3.13.0.');
  expect(contents.differences[1]).toMatch(/^It was made on plan9-vax, and this is /);
  expect(contents.damage).toBe('2 pieces of its data are damaged or missing; lost with that: x, y.');
});

it('has no more names than can be looked through', () => {
  const names = Array.from({ length: 1_500 }, (_, index) => name({ name: `n${index}` }));
  const contents = toContents(inspectionOf(names), null);
  expect([contents.names.length, contents.more]).toEqual([1_000, 500]);
});

it('tells what did not come back, and which run makes it anew', () => {
  const names = [
    name({ name: 'x' }),
    name({ name: 'gen', how: 'unsaved', reason: 'a generator' }),
    name({ name: 'sock', how: 'unsaved', reason: 'an open socket' }),
    name({ name: ':last', how: 'unsaved' }),
  ];
  const rebuilds = [{ run: 3, code: 'gen = make()', names: ['gen'], besides: [] }];
  const restored = toRestored({ checkpoint: CHECKPOINT, names, warnings: [], rebuilds });
  expect([restored.back, restored.runs]).toEqual([1, [3]]);
  expect(restored.missing.map((each) => [each.name, each.run])).toEqual([
    ['gen', 3],
    ['sock', null],
  ]);
});

function inspectionOf(names: SavedName[]): Inspection {
  const damage = { pieces: 0, names: [] };
  return {
    checkpoint: CHECKPOINT,
    trusted: true,
    digest: '',
    names,
    parts: [],
    packages: { numpy: '1.26.4' },
    damage,
  };
}
