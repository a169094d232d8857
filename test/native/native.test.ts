/** Runs the tests of the native object, and of what stands in for it, under every Python. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PYTHONS } from '../support/pythons.ts';

const HERE = import.meta.dirname;
const PACKAGE = join(HERE, '..', '..', 'python');
const FILES = readdirSync(HERE).filter((name) => /^test_.*\.py$/.test(name));
/** Each file ends itself before this, with a traceback that says where it stood. */
const END_AFTER_MS = 110_000;

describe.runIf(process.platform === 'linux').each(PYTHONS)(
  'the native part, Python $version',
  ({ executable }) => {
    it.each(FILES)('%s', { timeout: END_AFTER_MS }, (file) => {
      const env = { ...process.env, PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: '1' };
      const { stderr, status } = spawnSync(executable, [join(HERE, file)], {
        env,
        encoding: 'utf8',
        timeout: END_AFTER_MS,
      });
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    });
  },
);
