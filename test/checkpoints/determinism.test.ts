/** Runs the table of what comes back once more, to see that a state gives the same bytes each time. */

import { join } from 'node:path';
import { describe, it } from 'vitest';
import { END_AFTER_MS, runPythonFile } from '../support/python-files.ts';
import { ONE, onPythons } from '../support/pythons.ts';

describe.runIf(process.platform === 'linux')('checkpoints', () => {
  onPythons(ONE, 'the engine', (python) => {
    it('test_determinism.py', { timeout: END_AFTER_MS }, () =>
      runPythonFile(python, join(import.meta.dirname, 'test_determinism.py')),
    );
  });
});
