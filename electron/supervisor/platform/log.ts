/** The log of what goes wrong in the program itself, for the user to find and to send: bounded, and his alone. */

import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { homeFolder } from './home.ts';

/** A file that has grown so large becomes the one before, in the place of an older one. */
const MOST_BYTES = 1024 * 1024;

export function logFile(): string {
  return join(homeFolder(), 'log', 'pyrepl3.log');
}

/** Write down what failed: an error with its stack and its causes, or text as it is. */
export function log(what: string, failure: unknown): void {
  const text = typeof failure === 'string' ? failure.trimEnd() : inspect(failure);
  const entry = `${new Date().toISOString()} process ${process.pid}: ${what}\n${text.replace(/^/gm, '  ')}\n`;
  try {
    const file = logFile();
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    makeRoom(file);
    appendFileSync(file, entry.slice(0, MOST_BYTES), { mode: 0o600 });
  } catch {
    // Where nothing can be written there is nothing to tell it to; the user hears of the failure all the same.
  }
}

function makeRoom(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size >= MOST_BYTES) {
    renameSync(file, `${file.slice(0, -'.log'.length)}-before.log`);
  }
}
