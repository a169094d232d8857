/** Say how a Python ended, in words for a person. */

import { basename } from 'node:path';
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

/** A line of a fault handler's stack; code of a prompt or a file is in `<module>`. */
const FRAME = /^ *File "(.*)", line (\d+) in (.*)$/m;
/** Nobody needs to be told where in a run of one line it was. */
const ONE_LINE = /^File "<python-input-\d+>", line 1 in <module>$/;

/** What is known of an end, and of the host's where that failed. */
type Known = Pick<Ended, 'status' | 'signal' | 'stack' | 'line'> & { host?: HostFailure | null };

export function describeEnd(ended: Known, asked: boolean): End {
  return {
    status: ended.status,
    signal: ended.signal,
    stack: ended.stack,
    asked,
    words: words(ended, asked),
  };
}

function words({ status, signal, stack, line, host = null }: Known, asked: boolean): string {
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
  return `Python ended: ${reason ? `${reason} (${signal})` : signal}${placeOf(line, stack ?? '')}`;
}

/** Where it was: first the program's own line, then the function of a library that this had called. */
function placeOf(line: string | null, stack: string): string {
  const [, file, number, name] = FRAME.exec(line !== null && ONE_LINE.test(line) ? '' : (line ?? '')) ?? [];
  const own = file === undefined ? null : `${functionOf(name)}line ${number} of ${basename(file)}`;
  const [innermost, , , called] = FRAME.exec(befallen(stack)) ?? [];
  const library = innermost?.trim() === line ? '' : functionOf(called).slice(0, -', '.length);
  if (own === null) {
    return library && ` in ${library}`;
  }
  return ` in ${own}${library && `, within ${library}`}`;
}

/** `fit, `; nothing for code that is in no function. */
function functionOf(name: string | undefined): string {
  return name === undefined || name.startsWith('<') ? '' : `${name}, `;
}

function hostEnd(signal: string): string {
  return signal === 'SIGKILL' ? 'was killed' : `was ended by ${signal}`;
}

/** The part of a stack that is of the thread which the fault befell: others have done nothing. */
function befallen(stack: string): string {
  return stack.split('\n\n').find((thread) => /^(?:Current thread 0x|Stack )/.test(thread)) ?? '';
}
