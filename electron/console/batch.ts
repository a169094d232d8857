/** Run a script statement by statement, as if each had been typed at Python's own prompt. */

import { closeSync, openSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { findInterpreter } from '../supervisor/interpreter.ts';
import { type End, type Outcome, openSession, type Session } from '../supervisor/session.ts';
import { type Place, runCommand } from './commands.ts';
import { exitStatus } from './death.ts';

export interface BatchOptions {
  python: string | undefined;
  code: string;
  /** As tracebacks name it. */
  file: string;
  keepGoing: boolean;
  /** What `input()` and `sys.stdin` read; nothing where it is `null`. */
  answers: string | null;
}

/** Why a script stops before its end. */
type Stop = { status: number };

const FAILED_STATUS = 1;
const INTERRUPTED_STATUS = 128 + constants.signals.SIGINT;

/** Resolves with the exit status; throws an Error with words where it cannot begin. */
export async function runBatch(options: BatchOptions): Promise<number> {
  const python = findInterpreter(options.python);
  const stdin = options.answers === null ? 'ignore' : openAnswers(options.answers);
  const session = openSession({ python, streams: { stdin, stdout: 1, stderr: 2 } });
  const batch = new Batch(session, options.keepGoing);
  const interrupt = () => batch.interrupt();
  const terminate = () => process.exit(128 + constants.signals.SIGTERM);
  process.on('SIGINT', interrupt).on('SIGTERM', terminate);
  try {
    await session.whenReady();
    return await batch.run(options.code, options.file);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', terminate);
    await session.close();
    if (typeof stdin === 'number') {
      closeSync(stdin);
    }
  }
}

class Batch {
  readonly #session: Session;
  readonly #keepGoing: boolean;
  readonly #entries: string[] = [];
  #hasFailed = false;
  #isInterrupted = false;

  constructor(session: Session, keepGoing: boolean) {
    this.#session = session;
    this.#keepGoing = keepGoing;
    session.on('fault', (error) => complain(`PyREPL3 failed in a part of itself: ${error.message}`));
  }

  interrupt(): void {
    // The second time, whatever the code makes of it.
    if (this.#isInterrupted) {
      this.#session.kill();
    }
    this.#isInterrupted = true;
    this.#session.interrupt();
  }

  async run(code: string, file: string): Promise<number> {
    const stop = await this.#runScript(code, file);
    return stop?.status ?? (this.#hasFailed ? FAILED_STATUS : 0);
  }

  async #runScript(code: string, file: string): Promise<Stop | null> {
    const lines = code.split('\n');
    const { chunks } = await this.#session.split(code);
    for (const { start, end, type } of chunks) {
      const text = lines.slice(start - 1, end).join('\n');
      this.#entries.push(text);
      const stop = type === 'command' ? await this.#command(text) : await this.#statement(text, file, start);
      if (stop) {
        return stop;
      }
    }
    return null;
  }

  async #statement(text: string, file: string, line: number): Promise<Stop | null> {
    const outcome = await this.#session.run(`${text}\n`, { file, line, style: 'single' });
    if (outcome.outcome === 'ok') {
      return null;
    }
    if (outcome.outcome === 'exiting') {
      return { status: outcome.end?.status ?? 0 };
    }
    return this.#failed(outcome);
  }

  async #command(text: string): Promise<Stop | null> {
    let stop: Stop | null = null;
    const place: Place = {
      session: this.#session,
      entries: this.#entries,
      say: print,
      refuse: complain,
      clearScreen: () => undefined,
      restart: () => this.#session.restart(),
      runFile: async (file, code) => {
        stop = await this.#runScript(code, file);
        return stop === null;
      },
    };
    const worked = await runCommand(text, place);
    if (stop || worked) {
      return stop;
    }
    this.#hasFailed = true;
    return this.#keepGoing ? null : { status: FAILED_STATUS };
  }

  async #failed({ outcome, end }: Outcome): Promise<Stop | null> {
    this.#hasFailed = true;
    if (this.#isInterrupted) {
      return { status: INTERRUPTED_STATUS };
    }
    if (outcome === 'died' && end) {
      complain(end.words);
      if (this.#keepGoing) {
        await this.#session.restart();
      } else {
        return { status: deathStatus(end) };
      }
    }
    if (this.#keepGoing) {
      return null;
    }
    return { status: outcome === 'interrupted' ? INTERRUPTED_STATUS : FAILED_STATUS };
  }
}

/** Never 0: a script that dies has not done its work, whatever it says of itself. */
function deathStatus(end: End): number {
  return exitStatus(end, constants.signals) || FAILED_STATUS;
}

function openAnswers(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new Error(`${file}, given by --answers, cannot be read.`, { cause: error });
  }
}

function print(text: string): void {
  writeSync(1, `${text}\n`);
}

function complain(text: string): void {
  writeSync(2, `pyrepl3: ${text}\n`);
}
