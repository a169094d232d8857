/** Runs the Python side's own unit tests under every Python. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { onEveryPython } from '../support/pythons.ts';

const HERE = import.meta.dirname;
const PACKAGE = join(HERE, '..', '..', 'python');
const FILES = readdirSync(HERE).filter((name) => /^test_.*\.py$/.test(name));

onEveryPython('the unit tests', ({ executable }) => {
  it.each(FILES)('%s', (file) => {
    const env = { ...process.env, PYTHONPATH: PACKAGE, PYTHONDONTWRITEBYTECODE: '1' };
    const { stderr, status } = spawnSync(executable, [join(HERE, file)], { env, encoding: 'utf8' });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  });
});
