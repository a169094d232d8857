/** Run a script statement by statement, as if each had been typed at Python's own prompt. */

import { closeSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { readPreferences, retentionBy } from '../repl/controller/preferences.ts';
import { lackOfNative } from '../repl/messages/native-part-notice.ts';
import { onFailure } from '../supervisor/platform/background.ts';
import { findInterpreter, passedOver } from '../supervisor/platform/interpreter.ts';
import type { Settings } from '../supervisor/platform/settings.ts';
import { catchUncaught } from '../supervisor/platform/uncaught.ts';
import { openSession, type Session } from '../supervisor/session.ts';
import type { Store } from '../supervisor/store/store.ts';
import { openUsersStore } from '../supervisor/store/users-store.ts';
import { heedIgnoredSignals } from './ignored-signals.ts';
import { complain, FAILED_STATUS, ScriptRunner } from './script-runner.ts';

export interface BatchOptions {
  python: string | undefined;
  code: string;
  /** As tracebacks name it. */
  file: string;
  /** `sys.argv` of the script: its name, and what was given to it. */
  argv?: readonly string[];
  keepGoing: boolean;
  /** What `input()` and `sys.stdin` read; nothing where it is `null`. */
  answers: string | null;
  /** The saved session to begin with. */
  restore: string | undefined;
}

/** Resolves with the exit status; throws an Error with words where it cannot begin. */
export async function runBatch(options: BatchOptions): Promise<number> {
  const ignored = heedIgnoredSignals();
  const python = findInterpreter(options.python);
  const stdin = options.answers === null ? 'ignore' : openAnswers(options.answers);
  const { settings, complaint } = readPreferences();
  for (const words of [complaint, passedOver(python)]) {
    if (words !== null) {
      complain(words);
    }
  }
  const store = openUsersStore(settings);
  const session = openSession({
    python,
    ...(options.argv && { argv: options.argv }),
    ignored,
    streams: { stdin, stdout: 1, stderr: 2 },
    states: statesFor(options, settings),
    checkpoints: { store, automatic: false },
  });
  onFailure(complain);
  // A script might wait for ever for what has failed.
  catchUncaught({ most: 0, end: () => process.exit(FAILED_STATUS) });
  const settle = settling(session, store);
  const runner = new ScriptRunner({ session, store, keepGoing: options.keepGoing });
  const interrupt = () => runner.interrupt();
  const terminate = () => process.exit(128 + constants.signals.SIGTERM);
  if (!ignored.includes('SIGINT')) {
    process.on('SIGINT', interrupt);
  }
  if (!ignored.includes('SIGTERM')) {
    process.on('SIGTERM', terminate);
  }
  try {
    const lack = lackOfNative(await session.whenReady());
    if (lack) {
      complain(lack);
    }
    if (options.restore !== undefined && !(await runner.restore(options.restore))) {
      return FAILED_STATUS;
    }
    return await runner.run(options.code, options.file);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', terminate);
    await session.close();
    await settle();
    if (typeof stdin === 'number') {
      closeSync(stdin);
    }
  }
}

/** A script that has no use for states is not slowed down by them. */
function statesFor({ code, keepGoing }: BatchOptions, settings: Settings) {
  const states = retentionBy(settings);
  return keepGoing || /^%/m.test(code) ? states : { ...states, keep: 'when asked' as const };
}

/** Return what sees to it that a script that has saved its session, and is over, is not offered at the next start. */
function settling(session: Session, store: Store): () => Promise<void> {
  let saved: string | null = null;
  session.checkpoints.on('saved', (checkpoint) => {
    saved = checkpoint.session;
  });
  return async () => {
    if (saved !== null) {
      await store.dismiss(saved);
    }
  };
}

function openAnswers(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new Error(`${file}, given by --answers, cannot be read.`, { cause: error });
  }
}
