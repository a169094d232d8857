/** Runs a file of tests in Python to its end. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { ROOT, SETUP } from '../../build/places.mjs';
import type { Interpreter } from './interpreters.ts';

/** So that the next one need not compile what this one has, without a trace beside the sources. */
const COMPILED = join(SETUP, 'tests', 'pycache');
/** A file that goes on for longer is ended: each says before, in a traceback, where it stood. */
export const END_AFTER_MS = 170_000;

export interface Surroundings {
  /** Folders with packages that it can import besides ours. */
  packages?: string[];
  env?: Record<string, string>;
  argv?: string[];
}

export async function runPythonFile(
  { executable }: Interpreter,
  path: string,
  { packages = [], env = {}, argv = [] }: Surroundings = {},
): Promise<void> {
  const PYTHONPATH = [join(ROOT, 'python'), ...packages].join(delimiter);
  const child = spawn(executable, [path, ...argv], {
    env: { ...process.env, ...env, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX: COMPILED },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: END_AFTER_MS,
  });
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ status, stderr: status === 0 ? '' : said }).toEqual({ status: 0, stderr: '' });
}
