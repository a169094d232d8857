/** Run a script statement by statement, as if each had been typed at Python's own prompt. */

import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { findInterpreter } from '../supervisor/interpreter.ts';
import { openSession } from '../supervisor/session.ts';
import { keepingBy, readPreferences } from './preferences.ts';
import { complain, Statements } from './statements.ts';

export interface BatchOptions {
  python: string | undefined;
  code: string;
  /** As tracebacks name it. */
  file: string;
  keepGoing: boolean;
  /** What `input()` and `sys.stdin` read; nothing where it is `null`. */
  answers: string | null;
}

/** Resolves with the exit status; throws an Error with words where it cannot begin. */
export async function runBatch(options: BatchOptions): Promise<number> {
  const python = findInterpreter(options.python);
  const stdin = options.answers === null ? 'ignore' : openAnswers(options.answers);
  const session = openSession({
    python,
    streams: { stdin, stdout: 1, stderr: 2 },
    states: statesFor(options),
  });
  const statements = new Statements(session, options.keepGoing);
  const interrupt = () => statements.interrupt();
  const terminate = () => process.exit(128 + constants.signals.SIGTERM);
  process.on('SIGINT', interrupt).on('SIGTERM', terminate);
  try {
    await session.whenReady();
    return await statements.run(options.code, options.file);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', terminate);
    await session.close();
    if (typeof stdin === 'number') {
      closeSync(stdin);
    }
  }
}

/** A script that has no use for states is not slowed down by them. */
function statesFor({ code, keepGoing }: BatchOptions) {
  const { settings, complaint } = readPreferences();
  if (complaint) {
    complain(complaint);
  }
  const states = keepingBy(settings);
  return keepGoing || /^%/m.test(code) ? states : { ...states, keep: 'when asked' as const };
}

function openAnswers(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new Error(`${file}, given by --answers, cannot be read.`, { cause: error });
  }
}
