/** Libraries that keep files open: their files are whole, and their locks are what they believe, beside other processes. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { LIBRARY_PACKAGES } from '../../build/setup/python-packages.mjs';
import { pythonOfLibraries } from '../support/pythons.ts';
import { playStory } from '../support/story.ts';
import { DUCKDB, HDF5, LMDB, OTHERS } from './file-stories.ts';
import { PANDAS } from './pandas-stories.ts';

const python = pythonOfLibraries();
const env = { ...process.env, PYTHONPATH: LIBRARY_PACKAGES };

/** Set-up has said so where they cannot be installed. */
describe.skipIf(!existsSync(join(LIBRARY_PACKAGES, 'h5py')) || !python)('files of', () => {
  describe.each(Object.entries({ HDF5, pandas: PANDAS, DuckDB: DUCKDB, LMDB, others: OTHERS }))(
    '%s',
    (_, stories) => {
      it.each(Object.entries(stories))('%s', async (_name, story) => {
        if (!python) throw new Error('There is no Python');
        await playStory(python, story, env);
      });
    },
  );
});
