/** Runs the tests of what is saved and restored under every Python, and from one to another. */

import { readdirSync } from 'node:fs';
import { describe, it } from 'vitest';
import { onEveryPython, PYTHONS } from '../support/pythons.ts';
import { END_AFTER_MS, run } from './run.ts';

const FILES = readdirSync(import.meta.dirname).filter((name) => /^test_.*\.py$/.test(name));

describe.runIf(process.platform === 'linux')('checkpoints', () => {
  onEveryPython('the engine', (python) => {
    it.each(FILES)('%s', { timeout: END_AFTER_MS }, (file) => run(python, file));
  });

  const oldest = PYTHONS.at(0);
  const newest = PYTHONS.at(-1);
  const pairs =
    oldest && newest && oldest !== newest ? [[oldest, newest] as const, [newest, oldest] as const] : [];
  it.each(pairs.map(([from, to]) => [from.version, to.version, from, to] as const))(
    'a session of Python %s restored in %s',
    { timeout: END_AFTER_MS },
    (_from, _to, from, to) => run(to, 'across.py', { argv: [from.executable] }),
  );
});
