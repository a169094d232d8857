/** Runs the Python side's own unit tests under several Pythons. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { runPythonFile } from '../support/python-files.ts';
import { OLD_AND_NEW, onPythons } from '../support/pythons.ts';

const HERE = import.meta.dirname;
const FILES = readdirSync(HERE, { encoding: 'utf8', recursive: true }).filter((path) =>
  /test_\w+\.py$/.test(path),
);

onPythons(OLD_AND_NEW, 'the unit tests', (python) => {
  it.each(FILES)('%s', (file) => runPythonFile(python, join(HERE, file)));
});
