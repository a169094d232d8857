/**
 * The floor under every round trip: bytes through `cat` and back, over the same kind of pipe.
 *
 * On one processor that takes 0.01 ms, between two 0.06 ms, and the kernel chooses by chance. Code that runs
 * while its client does something else is on another processor, so that is where `cat` is held.
 */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Echo {
  /** Let a measure send bytes while `cat` and this process are held apart. */
  apart<Result>(measure: () => Promise<Result>): Promise<Result>;
  /** Send the bytes; resolve when as many have come back. */
  send(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export function openEcho(): Echo {
  const allowed = processors();
  const [first, last] = ends(allowed);
  const command = first === last ? ['cat'] : ['taskset', '-c', last, 'cat'];
  const cat = spawn(command[0] ?? 'cat', command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  let missing = 0;
  let whole: () => void = () => undefined;
  cat.stdout.on('data', (bytes: Buffer) => {
    missing -= bytes.length;
    if (missing <= 0) {
      whole();
    }
  });
  return {
    apart: async (measure) => {
      hold(first);
      try {
        return await measure();
      } finally {
        hold(allowed);
      }
    },
    send: (bytes) =>
      new Promise((resolve) => {
        missing = bytes.length;
        whole = resolve;
        cat.stdin.write(bytes);
      }),
    close: async () => {
      cat.stdin.end();
      await once(cat, 'close');
    },
  };
}

/** Return the processors that this process may use, such as `0-3,6`; nothing where the system does not tell. */
function processors(): string {
  try {
    const said = execFileSync('taskset', ['-c', '-p', `${process.pid}`], { encoding: 'utf8' });
    return said.slice(said.lastIndexOf(':') + 1).trim();
  } catch {
    return ''; // No Linux, or not its usual tools: then the kernel chooses.
  }
}

function ends(list: string): [string, string] {
  const numbers = list.match(/\d+/g) ?? [];
  return [numbers.at(0) ?? '', numbers.at(-1) ?? ''];
}

function hold(list: string): void {
  if (list) {
    execFileSync('taskset', ['-c', '-p', list, `${process.pid}`]);
  }
}
