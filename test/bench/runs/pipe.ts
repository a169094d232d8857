/** The limit of all output: the same interpreter, the same code, block-buffered into a pipe. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from '../environment.ts';

export interface Printed {
  ms: number;
  bytes: Buffer;
}

/** Says on standard error that it is up, so that its start is not counted; ends with its output. */
const AROUND = `
import sys
code = compile(sys.argv[1], "<bench>", "exec")
sys.stderr.write("ready")
sys.stderr.flush()
sys.stdin.readline()
exec(code, {})
sys.stdout.flush()
sys.stdout.buffer.raw.close()
`;

/** Run the code; resolve with what it printed, and how long that took to arrive. */
export async function printThroughPipe({ python, env }: Bench, code: string): Promise<Printed> {
  const child = spawn(python, ['-c', AROUND, code], { env, stdio: 'pipe' });
  const closed = once(child, 'close');
  const pieces: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => void pieces.push(bytes));
  await once(child.stderr, 'data');
  const ended = once(child.stdout, 'end');
  const begin = performance.now();
  child.stdin.end('\n');
  await ended;
  const ms = performance.now() - begin;
  await closed;
  return { ms, bytes: Buffer.concat(pieces) };
}
