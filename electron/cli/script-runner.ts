/** Run a script's statements and commands one after the other. */

import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { type ActionContext, perform, type Voice } from '../repl/actions/action-context.ts';
import { LastCrash } from '../repl/actions/last-crash.ts';
import { restore } from '../repl/actions/restore.ts';
import { SaveTracker } from '../repl/actions/save-tracker.ts';
import { runCommand } from '../repl/commands/registry.ts';
import { exitStatus } from '../repl/messages/death-notes.ts';
import { runNotes } from '../repl/messages/run-notes.ts';
import { paletteFor } from '../repl/screen/palette.ts';
import { tellFailure } from '../supervisor/platform/background.ts';
import type { End, Outcome, Policy, RunOptions, Session } from '../supervisor/session.ts';
import type { Store } from '../supervisor/store/store.ts';

/** Why a script stops before its end. */
type Stop = { status: number };

/** The width of what commands show, where nobody knows how wide it will be read. */
const COLUMNS = 80;
export const FAILED_STATUS = 1;
const INTERRUPTED_STATUS = 128 + constants.signals.SIGINT;

export interface ScriptRunnerOptions {
  session: Session;
  store: Store;
  keepGoing: boolean;
}

export class ScriptRunner {
  readonly #session: Session;
  readonly #store: Store;
  readonly #keepGoing: boolean;
  readonly #entries: string[] = [];
  readonly #lastCrash: LastCrash;
  readonly #saveTracker: SaveTracker;
  #policy: Policy = 'commit_always';
  #hasFailed = false;
  #isInterrupted = false;
  /** Whether a run goes on, or waits to: an interrupt is for it, and else for what comes next in the script. */
  #isRunning = false;
  #isInterruptedBetween = false;
  /** Why the script stops, where a command has found it out. */
  #stop: Stop | null = null;

  constructor({ session, store, keepGoing }: ScriptRunnerOptions) {
    this.#session = session;
    this.#store = store;
    this.#keepGoing = keepGoing;
    this.#lastCrash = new LastCrash(session, () => undefined);
    this.#saveTracker = new SaveTracker({ session, remark: complain, changed: () => undefined });
    session.on('fault', (error) => tellFailure('in the session', error));
  }

  interrupt(): void {
    // The second time, whatever the code makes of it.
    if (this.#isInterrupted) {
      this.#session.kill();
    }
    this.#isInterrupted = true;
    this.#isInterruptedBetween ||= !this.#isRunning;
    this.#session.checkpoints.now?.cancel();
    this.#session.interrupt();
  }

  /** Begin with a saved session; resolves with whether that worked. */
  restore(checkpoint: string): Promise<boolean> {
    return perform((context) => restore(context, { checkpoint }), this.#context());
  }

  async run(code: string, file: string): Promise<number> {
    const stop = await this.#runScript(code, file);
    const status = stop?.status ?? (this.#hasFailed ? FAILED_STATUS : 0);
    return (await this.#end()) || status;
  }

  /** Let the program end as behind its last line: threads are waited for, files written. Return its own status. */
  async #end(): Promise<number> {
    if (this.#session.status.kind === 'ended') {
      return 0;
    }
    const { outcome, end } = await this.#run('', { style: 'exit' });
    return outcome === 'exiting' ? (end?.status ?? 0) : 0;
  }

  async #runScript(code: string, file: string): Promise<Stop | null> {
    const lines = code.split('\n');
    const { chunks } = await this.#session.split(code);
    if (this.#isPlain && chunks.every(({ type }) => type !== 'command')) {
      return this.#isInterruptedBetween
        ? { status: INTERRUPTED_STATUS }
        : this.#judge(await this.#run(code, { file, style: 'script' }));
    }
    for (const { start, end, type } of chunks) {
      if (this.#isInterruptedBetween) {
        return { status: INTERRUPTED_STATUS };
      }
      const text = lines.slice(start - 1, end).join('\n');
      this.#entries.push(text);
      const stop = type === 'command' ? await this.#command(text) : await this.#statement(text, file, start);
      if (stop) {
        return stop;
      }
    }
    return null;
  }

  /** Whether nothing is to be done between two statements: then Python does one after the other by itself. */
  get #isPlain(): boolean {
    return !this.#session.keepsEveryRun && !this.#keepGoing && this.#policy === 'commit_always';
  }

  async #statement(text: string, file: string, line: number): Promise<Stop | null> {
    return this.#judge(await this.#run(`${text}\n`, { file, line, style: 'single' }));
  }

  async #run(code: string, given: RunOptions): Promise<Outcome> {
    const { policy = this.#policy } = given;
    const options = { ...given, policy, continues: true };
    this.#lastCrash.begin({ code, options });
    this.#isRunning = true;
    const outcome = await this.#session.run(code, options);
    this.#isRunning = false;
    if (outcome.outcome === 'refused') {
      complain(outcome.failure?.text ?? 'The run was not begun.');
    } else if (policy === 'rollback_always') {
      print(runNotes(outcome, policy, this.#session));
    }
    return outcome;
  }

  async #command(text: string): Promise<Stop | null> {
    this.#stop = null;
    const worked = await runCommand(text, this.#context());
    if (this.#stop || worked) {
      return this.#stop;
    }
    this.#hasFailed = true;
    return this.#keepGoing ? null : { status: FAILED_STATUS };
  }

  #context(): ActionContext {
    const runner = this;
    return {
      ...VOICE,
      aside: VOICE,
      session: this.#session,
      store: this.#store,
      saveTracker: this.#saveTracker,
      folder: process.cwd(),
      entries: this.#entries,
      palette: paletteFor(false),
      columns: COLUMNS,
      get policy() {
        return runner.#policy;
      },
      set policy(policy) {
        runner.#policy = policy;
      },
      crash: this.#lastCrash.last,
      clearScreen: () => undefined,
      restart: () => this.#session.restart(),
      run: async (code, options) => {
        const outcome = await this.#run(code, { style: 'single', ...options });
        this.#stop = await this.#judge(outcome);
        return outcome;
      },
      runFile: async (file, code) => {
        this.#stop = await this.#runScript(code, file);
        return this.#stop === null;
      },
      attend: (again, work) => {
        this.#lastCrash.begin({ again });
        return work();
      },
      wait: (work) => work,
      meanwhile: (work) => work,
      canAsk: false,
      ask: async () => null,
      propose: () => undefined,
      recall: () => undefined,
    };
  }

  /** What a run's outcome means for the script. */
  async #judge(outcome: Outcome): Promise<Stop | null> {
    if (outcome.outcome === 'ok') {
      return null;
    }
    if (outcome.outcome === 'exiting') {
      return { status: outcome.end?.status ?? 0 };
    }
    return this.#failed(outcome);
  }

  async #failed({ outcome, end }: Outcome): Promise<Stop | null> {
    this.#hasFailed = true;
    if (this.#isInterrupted) {
      return { status: INTERRUPTED_STATUS };
    }
    if (outcome === 'died' && end) {
      complain(end.words);
      if (!this.#keepGoing) {
        return { status: deathStatus(end) };
      }
      // Mostly it has gone back to the state before.
      if (this.#session.status.kind === 'ended') {
        await this.#session.restart();
      }
    }
    if (this.#keepGoing) {
      return null;
    }
    return { status: outcome === 'interrupted' ? INTERRUPTED_STATUS : FAILED_STATUS };
  }
}

const VOICE: Voice = {
  say: print,
  // On a good run no line is not the program's.
  note: () => undefined,
  warn: complain,
  fail: complain,
};

/** Never 0: a script that dies has not done its work, whatever it says of itself. */
function deathStatus(end: End): number {
  return exitStatus(end, constants.signals) || FAILED_STATUS;
}

function print(text: string): void {
  if (text !== '') {
    writeSync(1, `${text}\n`);
  }
}

export function complain(text: string): void {
  writeSync(2, `pyrepl3: ${text}\n`);
}
