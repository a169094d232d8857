/** Runs the part of the table that is about libraries, and a long session that uses some. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { LIBRARY_PACKAGES } from '../../build/setup/python-packages.mjs';
import { findInterpreters } from '../support/interpreters.ts';
import { END_AFTER_MS, run } from './run.ts';

const version = process.env.PYREPL3_LIBRARIES_PYTHON ?? '3.11';
const python = findInterpreters().find((found) => found.version === version);

/** Set-up has said so where they cannot be installed. */
describe.skipIf(!existsSync(join(LIBRARY_PACKAGES, 'numpy')) || !python)('checkpoints with libraries', () => {
  it.each(['library_table.py', 'test_sessions.py'])('%s', { timeout: END_AFTER_MS }, (file) => {
    if (!python) throw new Error('There is no Python');
    run(python, file, { packages: LIBRARY_PACKAGES, env: { PYREPL3_TEST_LIBRARIES: '1' } });
  });
});
