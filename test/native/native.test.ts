/** Runs the tests of the native object, and of what stands in for it, under several Pythons. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { END_AFTER_MS, runPythonFile } from '../support/python-files.ts';
import { OLD_AND_NEW, ONE, onPythons } from '../support/pythons.ts';

const HERE = import.meta.dirname;
const FILES = readdirSync(HERE).filter((name) => /^test_.*\.py$/.test(name));

/** What has to do with the interpreter's own memory, locks and threads; all else is between the system and us. */
const OF_THE_VERSION = ['test_forking.py', 'test_hazards.py', 'test_object.py', 'test_scenarios.py'];

describe.runIf(process.platform === 'linux')('on Linux', () => {
  onPythons(OLD_AND_NEW, 'the native part', (python) => {
    it.each(OF_THE_VERSION)('%s', { timeout: END_AFTER_MS }, (file) =>
      runPythonFile(python, join(HERE, file)),
    );
  });

  onPythons(ONE, 'the native part', (python) => {
    const files = FILES.filter((file) => !OF_THE_VERSION.includes(file));
    it.each(files)('%s', { timeout: END_AFTER_MS }, (file) => runPythonFile(python, join(HERE, file)));
  });
});
