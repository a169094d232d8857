/** Runs a Python file of this folder to its end. */

import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { expect } from 'vitest';
import type { Interpreter } from '../support/interpreters.ts';

const HERE = import.meta.dirname;
const PACKAGE = join(HERE, '..', '..', 'python');
/** Each job of a test ends before this, and says what it was at. */
export const END_AFTER_MS = 170_000;

/** Where more packages are, and what the file is told. */
export interface Surroundings {
  packages?: string;
  env?: Record<string, string>;
  argv?: string[];
}

export function run({ executable }: Interpreter, file: string, surroundings: Surroundings = {}): void {
  const { packages, env = {}, argv = [] } = surroundings;
  const path = [PACKAGE, ...(packages ? [packages] : [])].join(delimiter);
  const { stderr, status } = spawnSync(executable, [join(HERE, file), ...argv], {
    env: { ...process.env, ...env, PYTHONPATH: path, PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
    timeout: END_AFTER_MS,
  });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
}
