/** Libraries whose own threads are not in a writer: what was made with them is saved all the same. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIBRARY_PACKAGES } from '../../../build/setup/python-packages.mjs';
import { fate, newStore, openSaved } from '../../support/checkpoints.ts';
import { pythonOfLibraries } from '../../support/pythons.ts';

/** Importing and training takes a while. */
const TIMEOUT_MS = 90_000;

const python = pythonOfLibraries();

/** What is made, and what a look at it says before and after. */
const CASES = [
  [
    'polars',
    'import polars as pl; df = pl.DataFrame({"a": range(1000), "b": ["x", "y"] * 500}); value = df.group_by("b").agg(pl.col("a").sum())',
    'sorted(value.rows())',
  ],
  [
    'scikit-learn',
    'import numpy as np; from sklearn.ensemble import HistGradientBoostingRegressor\n' +
      'x = np.arange(4000.0).reshape(-1, 4); value = HistGradientBoostingRegressor(max_iter=5).fit(x, x[:, 0])',
    'value.predict(x[:3]).round(6).tolist()',
  ],
  [
    'lightgbm',
    'import numpy as np, lightgbm; x = np.arange(4000.0).reshape(-1, 4)\n' +
      'value = lightgbm.train({"verbose": -1}, lightgbm.Dataset(x, x[:, 0]), 5)',
    'value.predict(x[:3]).round(6).tolist()',
  ],
  [
    'numba',
    'import numba, numpy as np\n@numba.njit(parallel=True)\ndef total(x):\n    s = 0.0\n' +
      '    for i in numba.prange(len(x)):\n        s += x[i]\n    return s\nx = np.ones(1000); value = total(x)',
    'total(x), value',
  ],
  [
    'pandas',
    'import numpy as np, pandas as pd; value = pd.DataFrame(np.arange(4000).reshape(-1, 4)); (value @ value.T).sum()',
    'value.sum().tolist()',
  ],
] as const;

describe.skipIf(!existsSync(join(LIBRARY_PACKAGES, 'numpy')) || !python)('saving beside libraries', () => {
  it.each(CASES)('%s', { timeout: TIMEOUT_MS }, async (_, code, look) => {
    if (!python) throw new Error('There is no Python');
    const store = newStore();
    const env = { ...process.env, PYTHONPATH: LIBRARY_PACKAGES };
    const trial = openSaved(python, { store, env });
    await trial.says(code);
    const before = await trial.says(`print(${look})`);
    const { id } = await trial.session.checkpoints.save({ name: 'it' }).done;
    expect(fate((await store.manifest(id)).names, 'value')).toBe('saved');
    const other = openSaved(python, { store, env });
    await other.session.checkpoints.restore('it');
    expect(await other.says(`print(${look})`)).toBe(before);
  });
});
