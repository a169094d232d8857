/** Say how a Python ended, in words for a person. */

import type { Ended } from '../../contract/messages.ts';
import { logFile } from '../platform/log.ts';
import type { HostFailure } from '../protocol/host-failure.ts';

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

/** The innermost function of a fault handler's stack; code of a prompt or a file has none. */
const FUNCTION = /^ {2}File ".*", line \d+ in ([^<\n]+)$/m;

/** What is known of an end, and of the host's where that failed. */
type Known = Pick<Ended, 'status' | 'signal' | 'stack'> & { host?: HostFailure | null };

export function describeEnd(ended: Known, asked: boolean): End {
  return {
    status: ended.status,
    signal: ended.signal,
    stack: ended.stack,
    asked,
    words: words(ended, asked),
  };
}

function words({ status, signal, stack, host = null }: Known, asked: boolean): string {
  const error = host?.error;
  if (error) {
    return `Python ended: its host failed in itself (${error}); its traceback is in ${logFile()}`;
  }
  if (signal === null && status === null) {
    return asked
      ? 'Python was ended, as you asked'
      : `Python ended: its host, which would know why, ${hostEnd(host?.signal ?? 'SIGKILL')}`;
  }
  if (signal === null) {
    return `Python ended: exit status ${status}`;
  }
  if (asked && signal === 'SIGKILL') {
    return 'Python was killed, as you asked';
  }
  const reason = SIGNALS[signal];
  const [innermost = ''] = /^ {2}File .*$/m.exec(faulty(stack ?? '')) ?? [];
  const name = FUNCTION.exec(innermost)?.[1];
  const place = name ? ` in ${name}` : '';
  return `Python ended: ${reason ? `${reason} (${signal})` : signal}${place}`;
}

function hostEnd(signal: string): string {
  return signal === 'SIGKILL' ? 'was killed' : `was ended by ${signal}`;
}

/** The part of a stack that is of the thread which the fault befell: others come first, and have done nothing. */
function faulty(stack: string): string {
  return stack.split('\n\n').find((thread) => /^Current thread /m.test(thread)) ?? stack;
}
