/** Runs the part of the table that is about libraries, and a long session that uses some. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { LIBRARY_PACKAGES } from '../../build/setup/python-packages.mjs';
import { END_AFTER_MS, runPythonFile } from '../support/python-files.ts';
import { pythonOfLibraries } from '../support/pythons.ts';

const python = pythonOfLibraries();

/** Set-up has said so where they cannot be installed. */
describe.skipIf(!existsSync(join(LIBRARY_PACKAGES, 'numpy')) || !python)('checkpoints with libraries', () => {
  it.each(['library_table.py', 'test_sessions.py'])('%s', { timeout: END_AFTER_MS }, async (file) => {
    if (!python) throw new Error('There is no Python');
    const surroundings = { packages: [LIBRARY_PACKAGES], env: { PYREPL3_TEST_LIBRARIES: '1' } };
    await runPythonFile(python, join(import.meta.dirname, file), surroundings);
  });
});
