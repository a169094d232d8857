/** What is told of tables, arrays and series of real libraries. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIBRARY_PACKAGES } from '../../build/setup/python-packages.mjs';
import { compareWith } from '../../electron/repl/actions/comparing.ts';
import { namesComparison } from '../../electron/repl/messages/names-comparison.ts';
import type { Variable } from '../../electron/supervisor/session.ts';
import { pythonOfLibraries } from '../support/pythons.ts';
import { openTrial, type Trial } from '../support/session.ts';

const python = pythonOfLibraries();

const MAKE = `
import numpy as np, pandas as pd, polars as pl, pyarrow as pa, xarray as xr, duckdb
grid = np.zeros((3, 4)); point = np.array(5); mixed = np.array([1, "a", None], dtype=object)
frame = pd.DataFrame({"a": range(1000), "b": pd.Categorical(["x"] * 1000)}); empty = pd.DataFrame()
twice = pd.DataFrame([[1, 2]], columns=["q", "q"]); wide = pd.DataFrame(np.zeros((2, 10_000))); series = frame["a"]
class Mine(pd.DataFrame): pass
mine = Mine({"z": [1]})
table = pl.DataFrame({"x": [1, 2, 3], "y": [[1], [2], [3]]}); column = table["x"]; lazy = table.lazy()
arrow = pa.table({"k": [1, 2]}); cube = xr.DataArray(np.zeros((2, 3)), dims=("u", "v"))
relation = duckdb.sql("select 1 as one"); frames = [frame, 1]`;

/** Type, module, shape, what it holds, size and text. */
const TOLD: Record<string, unknown[]> = {
  grid: ['ndarray', 'numpy', [3, 4], 'float64', 96, expect.stringContaining('array([[0., 0., 0., 0.]')],
  point: ['ndarray', 'numpy', [], 'int64', 8, 'array(5)'],
  mixed: ['ndarray', 'numpy', [3], 'object', 24, "array([1, 'a', None], dtype=object)"],
  frame: ['DataFrame', expect.stringMatching(/^pandas/), [1000, 2], null, expect.any(Number), 'a, b'],
  empty: ['DataFrame', expect.stringMatching(/^pandas/), [0, 0], null, expect.any(Number), 'no columns'],
  twice: ['DataFrame', expect.stringMatching(/^pandas/), [1, 2], null, expect.any(Number), 'q, q'],
  wide: [
    'DataFrame',
    expect.stringMatching(/^pandas/),
    [2, 10_000],
    null,
    expect.any(Number),
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …',
  ],
  series: [
    'Series',
    expect.stringMatching(/^pandas/),
    [1000],
    'int64',
    expect.any(Number),
    '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …]',
  ],
  mine: ['Mine', null, [1, 1], null, expect.any(Number), 'z'],
  table: ['DataFrame', expect.stringMatching(/^polars/), [3, 2], null, 72, 'x, y'],
  column: ['Series', expect.stringMatching(/^polars/), [3], 'Int64', 24, '[1, 2, 3]'],
  arrow: ['Table', expect.stringMatching(/^pyarrow/), [2, 1], null, 16, 'k'],
  cube: [
    'DataArray',
    expect.stringMatching(/^xarray/),
    [2, 3],
    'float64',
    48,
    expect.stringContaining('DataArray (u: 2, v: 3)'),
  ],
  relation: ['DuckDBPyRelation', expect.stringContaining('duckdb'), [1, 1], null, expect.any(Number), 'one'],
  frames: ['list', null, null, null, expect.any(Number), '[<DataFrame 1000 × 2>, 1]'],
};

/** Set-up has said so where they cannot be installed. */
describe.skipIf(!existsSync(join(LIBRARY_PACKAGES, 'numpy')) || !python)('the variables of libraries', () => {
  it('are told with their shapes, and none of them is in trouble', async () => {
    const { session, rows } = await open();
    for (const [name, told] of Object.entries(TOLD)) {
      const { type, module, shape, dtype, size, text } = rows[name] as Variable;
      expect([name, type, module, shape, dtype, size, text]).toEqual([name, ...told]);
    }
    expect(Object.values(rows).filter(({ trouble }) => trouble !== null)).toEqual([]);
    const columns = await session.variables({ path: ['frame'] });
    expect(columns.variables.map(({ name, dtype }) => [name, dtype])).toEqual([
      ["['a']", 'int64'],
      ["['b']", 'category'],
    ]);
    const page = await session.variables({ path: ['wide'], first: 9_998, most: 10 });
    expect([page.count, page.variables.map(({ name }) => name)]).toEqual([10_000, ['[9998]', '[9999]']]);
  });

  it('are compared with those of another state, tables by rows and columns', async () => {
    const { session } = await open();
    await session.run(
      'frame = frame[:900].drop(columns="b").assign(price=1.0); table = table.drop("y"); grid[0, 0] = 7',
    );
    const found = await compareWith(session, 1, new AbortController().signal);
    expect(namesComparison(found, 100).split('\n')).toEqual([
      "~  frame  DataFrame 1,000 × 2 → DataFrame 900 × 2, + ['price'], − ['b']",
      '~  grid   ndarray 3 × 4 array([[0., 0., 0., 0.], [0.,… → array([[7., 0., 0., 0.], [0.,…',
      "~  table  DataFrame 3 × 2 → DataFrame 3 × 1, − ['y']",
    ]);
  });

  it('are told with their shapes by the live state too, where there is no copy', async () => {
    const { rows } = await open('when asked');
    expect(rows.grid).toMatchObject({ shape: [3, 4], dtype: 'float64', text: '<ndarray>' });
    expect(rows.frame).toMatchObject({ shape: [1000, 2], length: 1000, text: '<DataFrame>' });
    expect(rows.mine).toMatchObject({ shape: null, text: '<Mine>' });
  });
});

async function open(
  keep: 'every run' | 'when asked' = 'every run',
): Promise<{ session: Trial['session']; rows: Record<string, Variable> }> {
  if (!python) throw new Error('There is no Python');
  const env = { ...process.env, PYTHONPATH: LIBRARY_PACKAGES };
  const trial = openTrial(python, { env, states: { keep } });
  await trial.says(MAKE);
  const { variables } = await trial.session.variables();
  return { session: trial.session, rows: Object.fromEntries(variables.map((each) => [each.name, each])) };
}
