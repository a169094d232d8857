/** Start the process of a host, with the descriptors that it knows. */

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pythonFolder } from '../platform/python-folder.ts';
import { closeMaster } from './pty.ts';

/** Until the terminal is there, what Python complains of comes through a pipe. */
const NO_STREAMS = { stdin: 'ignore', stdout: 'ignore', stderr: 'pipe' } as const;

export interface HostOptions {
  python: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  columns: number;
  rows: number;
  /** Batch mode: the child's descriptors 0, 1 and 2; a pty otherwise. */
  streams?: Streams | undefined;
  /** Whether `text` is emitted. */
  texts?: boolean | undefined;
  /** `sys.argv`; a single empty string by default. */
  argv?: readonly string[] | undefined;
  /** The signals that Python ignores from the beginning. */
  ignored?: readonly NodeJS.Signals[] | undefined;
}

export interface Streams {
  stdin: number | 'ignore';
  stdout: number;
  stderr: number;
}

/** `master` is the terminal’s, which is the child’s from now on; it is closed where there is no child. */
export function startHost(options: HostOptions, master: number | undefined): ChildProcess {
  const launch = join(pythonFolder(), 'launch.py');
  const { stdin, stdout, stderr } = options.streams ?? NO_STREAMS;
  try {
    return spawn(options.python, [launch, ...(options.argv ?? [])], {
      cwd: options.cwd,
      env: options.env,
      stdio: [stdin, stdout, stderr, master ?? 'ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    if (master !== undefined) {
      closeMaster(master);
    }
    throw error;
  }
}
