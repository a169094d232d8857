/** Somebody else beside a session: another process, which takes locks, reads and writes the same files. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Interpreter } from './interpreters.ts';

const PROGRAM = fileURLToPath(new URL('outsider.py', import.meta.url));

export interface Outsider {
  /** Evaluate, or execute, a line of Python; resolves with the `repr`, or the error's name and words. */
  says(code: string): Promise<string>;
  kill(): void;
}

/** Start one that ends with the test; `folder` is its working directory. */
export function openOutsider(python: Interpreter, folder: string, env = process.env): Outsider {
  const child = spawn(python.executable, [PROGRAM], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async says(code) {
      child.stdin.write(`${JSON.stringify(code)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The other process has ended in ${code}`);
      return JSON.parse(value);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
