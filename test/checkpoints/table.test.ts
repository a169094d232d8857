/** Runs the table of what comes back under several Pythons. */

import { join } from 'node:path';
import { describe, it } from 'vitest';
import { END_AFTER_MS, runPythonFile } from '../support/python-files.ts';
import { OLD_AND_NEW, onPythons } from '../support/pythons.ts';

describe.runIf(process.platform === 'linux')('checkpoints', () => {
  onPythons(OLD_AND_NEW, 'the engine', (python) => {
    it('test_table.py', { timeout: END_AFTER_MS }, () =>
      runPythonFile(python, join(import.meta.dirname, 'test_table.py')),
    );
  });
});
