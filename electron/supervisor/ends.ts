/** Say how a Python ended, in words for a person. */

import type { Ended } from '../contract/messages.ts';

/** How a Python ended. */
export interface End {
  /** The exit status; `null` where a signal ended it. */
  status: number | null;
  /** The signal's name, such as `SIGSEGV`. */
  signal: string | null;
  /** The Python stack that the fault handler wrote. */
  stack: string | null;
  /** Whether the user asked for it: `exit()`, close, kill, restart. */
  asked: boolean;
  /** One sentence for a person: `Python ended: segmentation fault (SIGSEGV)`. */
  words: string;
}

const SIGNALS: Record<string, string> = {
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'arithmetic error in C code',
  SIGILL: 'illegal instruction',
  SIGKILL: 'killed, by the system (out of memory?) or another program',
  SIGTERM: 'told to terminate',
  SIGHUP: 'its terminal hung up',
  SIGPIPE: 'wrote to a closed pipe',
  SIGXCPU: 'over its limit of processor time',
};

const FRAME = /^ {2}File "(.*)", line (\d+) in (.+)$/m;

export function describeEnd(ended: Pick<Ended, 'status' | 'signal' | 'stack'>, asked: boolean): End {
  return {
    status: ended.status,
    signal: ended.signal,
    stack: ended.stack,
    asked,
    words: words(ended, asked),
  };
}

function words(
  { status, signal, stack }: Pick<Ended, 'status' | 'signal' | 'stack'>,
  asked: boolean,
): string {
  if (signal === null) {
    return `Python ended: exit status ${status}`;
  }
  if (asked && signal === 'SIGKILL') {
    return 'Python was killed, as you asked';
  }
  const reason = SIGNALS[signal];
  const where = stack ? FRAME.exec(stack) : null;
  const place = where ? ` in ${where[3]}, ${where[1]} line ${where[2]}` : '';
  return `Python ended: ${reason ? `${reason} (${signal})` : signal}${place}`;
}
