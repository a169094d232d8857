/** Runs the tests of the native object, and of what stands in for it, under several Pythons. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { END_AFTER_MS, runPythonFile } from '../support/python-files.ts';
import { OLD_AND_NEW, onPythons } from '../support/pythons.ts';

const HERE = import.meta.dirname;
const FILES = readdirSync(HERE).filter((name) => /^test_.*\.py$/.test(name));

describe.runIf(process.platform === 'linux')('on Linux', () => {
  onPythons(OLD_AND_NEW, 'the native part', (python) => {
    it.each(FILES)('%s', { timeout: END_AFTER_MS }, (file) => runPythonFile(python, join(HERE, file)));
  });
});
