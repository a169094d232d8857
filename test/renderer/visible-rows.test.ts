/** Which rows of the variables are shown, and in which order. */

import { expect, it } from 'vitest';
import type { Variable } from '../../electron/contract/variable-news.ts';
import { keyOf, type Row, visibleRows, type Wanted } from '../../renderer/variables/visible-rows.ts';

const PLAIN: Variable = {
  name: 'x',
  group: 'data',
  type: 'int',
  module: null,
  length: null,
  shape: null,
  dtype: null,
  size: null,
  rough: false,
  text: '1',
  same: [],
  inside: false,
  trouble: null,
  change: null,
};

const NAMES: Variable[] = [
  { ...PLAIN, name: 'beta', size: 10 },
  { ...PLAIN, name: 'Alpha', type: 'list', size: 500, inside: true },
  { ...PLAIN, name: 'alpha', type: 'str', size: null },
  { ...PLAIN, name: 'clean', group: 'definition', type: 'function' },
  { ...PLAIN, name: 'math', group: 'module', type: 'module' },
];

function shown(wanted: Partial<Wanted>): string[] {
  const rows = visibleRows({
    variables: NAMES,
    open: new Map(),
    folded: new Set(),
    filter: '',
    sorting: { by: 'name', falling: false },
    ...wanted,
  });
  return rows.map(wordOf);
}

function wordOf(row: Row): string {
  if (row.kind === 'group') return `${row.group} ${row.count}`;
  return '  '.repeat(row.level - 1) + (row.kind === 'remark' ? row.words : row.variable.name);
}

it('are the data, then definitions and modules under a heading each, by their names', () => {
  expect(shown({})).toEqual(['Alpha', 'alpha', 'beta', 'definition 1', 'clean', 'module 1', 'math']);
  expect(shown({ folded: new Set(['definition', 'module']) })).toEqual([
    'Alpha',
    'alpha',
    'beta',
    'definition 1',
    'module 1',
  ]);
});

it('are sorted by size, the largest first and what has none last, and by type', () => {
  const folded = new Set(['definition', 'module']);
  expect(shown({ folded, sorting: { by: 'size', falling: true } }).slice(0, 3)).toEqual([
    'Alpha',
    'beta',
    'alpha',
  ]);
  expect(shown({ folded, sorting: { by: 'type', falling: false } }).slice(0, 3)).toEqual([
    'beta',
    'Alpha',
    'alpha',
  ]);
});

it('are those whose name or type has the filter in it, whatever is folded', () => {
  expect(shown({ filter: ' ALPHA ' })).toEqual(['Alpha', 'alpha']);
  expect(shown({ filter: 'mod', folded: new Set(['module']) })).toEqual(['module 1', 'math']);
  expect(shown({ filter: 'nothing' })).toEqual([]);
});

it('have what has been opened below them, and what is to be said of it', () => {
  const parts = [
    { ...PLAIN, name: '[0]', inside: true },
    { ...PLAIN, name: '[1]' },
  ];
  const folded = new Set(['definition', 'module']);
  const open = new Map<string, Wanted['open'] extends ReadonlyMap<string, infer Value> ? Value : never>([
    [keyOf(['Alpha']), { count: 1002, variables: parts }],
    [keyOf(['Alpha', 0]), null],
  ]);
  expect(shown({ open, folded }).slice(0, 5)).toEqual([
    'Alpha',
    '  [0]',
    '    Looking into it…',
    '  [1]',
    '  and 1,000 more',
  ]);
  open.set(keyOf(['Alpha']), 'There is no copy of state 3.');
  expect(shown({ open, folded }).slice(0, 2)).toEqual(['Alpha', '  There is no copy of state 3.']);
});
