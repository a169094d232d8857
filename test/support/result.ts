/** What becomes of a program that is run to its end. */

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Result {
  status: number | null;
  out: string;
  err: string;
}

/** Give the program its input, and wait until it has ended and all that it printed is there. */
export async function resultOf(child: ChildProcess, input: string | Buffer = ''): Promise<Result> {
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => err.push(bytes));
  // A program that does not read its input closes the pipe.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}
