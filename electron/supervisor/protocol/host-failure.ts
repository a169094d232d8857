/** Why a host has ended that was not to end: in its own words, or by what the system says of it. */

import { log } from '../platform/log.ts';

/** How a host failed: it said so itself (`error`), or a signal ended it. */
export interface HostFailure {
  /** The last line of its traceback, such as `OSError: [Errno 5] Input/output error`; the log has all of it. */
  error: string | null;
  /** Such as `SIGKILL`. */
  signal: string | null;
}

/** It has told of its failure before it goes. */
export function toldFailure(traceback: string): HostFailure {
  log('Python’s host failed', traceback);
  return { error: lastLine(traceback), signal: null };
}

/** What the system says of its end, and it itself where it could only write; `null` where it ended in order. */
export function foundFailure(
  code: number | null,
  signal: string | null,
  complaint: string,
): HostFailure | null {
  if (code === 0) {
    return null;
  }
  log('Python’s host ended', `by ${signal ?? `exit status ${code}`}\n${complaint}`);
  return { error: signal === null ? lastLine(complaint) || `exit status ${code}` : null, signal };
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
