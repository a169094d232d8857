/** Shorten the history's file while other consoles write to it. */

import { appendFileSync, closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { replaceFileSync } from '../../supervisor/platform/replace-file.ts';
import { parseEntries, writeEntry } from './history-entries.ts';

/** A lock older than this is of a process that died. */
const LOCK_AGE_MS = 10_000;

/** Keep the newest entries; does nothing where another process is at it already. */
export function shorten(file: string, kept: number): void {
  const lock = `${file}.lock`;
  if (!take(lock)) {
    return;
  }
  try {
    const old = openSync(file, 'r');
    try {
      const text = readFileSync(old, 'utf8');
      replaceFileSync(file, parseEntries(text).slice(-kept).map(writeEntry).join(''));
      // Who opened the old file before it was replaced may have written to it since it was read.
      const late = readFileSync(old);
      if (late.length > 0) {
        appendFileSync(file, late);
      }
    } finally {
      closeSync(old);
    }
  } catch (error) {
    // A full or read-only disk: the file stays as long as it is.
    if (!isOfTheSystem(error)) {
      throw error;
    }
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch {
    return isStale(lock) && retake(lock);
  }
}

function isStale(lock: string): boolean {
  try {
    return Date.now() - statSync(lock).mtimeMs > LOCK_AGE_MS;
  } catch {
    // Its owner has just finished.
    return false;
  }
}

function retake(lock: string): boolean {
  try {
    // Only one of several can rename it away.
    const mine = `${lock}.${process.pid}`;
    renameSync(lock, mine);
    rmSync(mine);
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch {
    return false;
  }
}

/** Whether the system refused, and not the program itself is wrong. */
export function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
