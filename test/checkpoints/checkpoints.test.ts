/** Runs the tests of what is saved and restored under several Pythons, and from one to another. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { END_AFTER_MS, runPythonFile } from '../support/python-files.ts';
import { OLD_AND_NEW, ONE, onPythons, PYTHONS } from '../support/pythons.ts';

const HERE = import.meta.dirname;
const ELSEWHERE = ['test_table.py', 'test_determinism.py'];
/** What becomes of damage has to do with the format alone. */
const OF_THE_FORMAT = 'test_damage.py';
const FILES = readdirSync(HERE).filter(
  (name) => /^test_.*\.py$/.test(name) && ![...ELSEWHERE, OF_THE_FORMAT].includes(name),
);

describe.runIf(process.platform === 'linux')('checkpoints', () => {
  onPythons(OLD_AND_NEW, 'the engine', (python) => {
    it.each(FILES)('%s', { timeout: END_AFTER_MS }, (file) => runPythonFile(python, join(HERE, file)));
  });

  onPythons(ONE, 'the engine', (python) => {
    it(OF_THE_FORMAT, { timeout: END_AFTER_MS }, () => runPythonFile(python, join(HERE, OF_THE_FORMAT)));
  });

  const oldest = PYTHONS.at(0);
  const newest = PYTHONS.at(-1);
  const pairs =
    oldest && newest && oldest !== newest ? [[oldest, newest] as const, [newest, oldest] as const] : [];
  it.each(pairs.map(([from, to]) => [from.version, to.version, from, to] as const))(
    'a session of Python %s restored in %s',
    { timeout: END_AFTER_MS },
    (_from, _to, from, to) => runPythonFile(to, join(HERE, 'across.py'), { argv: [from.executable] }),
  );
});
