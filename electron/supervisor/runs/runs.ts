/** The runs of a session: one goes on, the others wait their turn. */

import type { Changes, Done, Failure, Run, Source } from '../../contract/messages.ts';
import type { End } from './ends.ts';
import type { Policy } from './policies.ts';

/** What became of a run. */
export interface Outcome {
  run: number;
  /** `died`: Python ended in it; `refused`: it never began, `failure` says why. */
  outcome: Done['outcome'] | 'died' | 'refused';
  failure: Failure | null;
  /** How long the user's code ran, in seconds; `null` where Python died in it or before it began. */
  seconds: number | null;
  /** How Python ended, where it did in this run. */
  end: End | null;
  /** What the run did to the names; `null` where nobody could look. */
  changes: Changes | null;
  /** Whether what it did is in the session: not after a rollback, nor where Python died. */
  kept: boolean;
}

export interface RunOptions {
  /** The file that the code is from, for tracebacks. */
  file?: string;
  /** The line of that file on which the code begins, from 1. */
  line?: number;
  /**
   * `prompt` (default): the last expression is shown; `cell`: that too, and where the code asks to exit it has failed with
   * `SystemExit`, and Python stays; `single`: one statement as at CPython's prompt; `script`: one such statement after the
   * other, up to the first that fails; `exit`: no code, the program ends as it does behind the last line of a script, with
   * all that it has left to do.
   */
  style?: Run['style'];
  /** What becomes of its effects; `commit_always` by default. */
  policy?: Policy;
  /** A checkpoint to load in the place of the code, which is then only what the run is called. */
  source?: Source;
  /** It goes on from the run before, as in a script: an interrupt that came between the two is for this one. */
  continues?: boolean;
}

type Waiting = Omit<Run, 'state' | 'keep'>;

interface Entry {
  request: Waiting;
  policy: Policy;
  /** The operation that it is a part of; others wait until that is over. */
  owner: object | null;
  resolve: (outcome: Outcome) => void;
}

interface Current extends Entry {
  /** Whether Python has begun with it; before that an interrupt would find nothing. */
  hasStarted: boolean;
  interruptWanted: boolean;
  killWanted: boolean;
  /** Set where the run asked Python to exit: its outcome waits for how that ended. */
  exiting: Done | null;
}

const NOTHING = { failure: null, seconds: null, end: null, changes: null, kept: false };

export class Runs {
  #last = 0;
  #waiting: Entry[] = [];
  #current: Current | undefined;

  get current(): Readonly<Current> | undefined {
    return this.#current;
  }

  /** The number of the last run that was asked for. */
  get last(): number {
    return this.#last;
  }

  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Number the next runs behind this one, at least. */
  goOnFrom(run: number): void {
    this.#last = Math.max(this.#last, run);
  }

  add(code: string, options: RunOptions, owner: object | null = null): Promise<Outcome> {
    this.#last += 1;
    const { file = null, line = 1, style = 'prompt', policy = 'commit_always' } = options;
    const { source = null, continues = false } = options;
    const request: Waiting = { kind: 'run', id: this.#last, code, file, line, style, source, continues };
    return new Promise((resolve) => void this.#waiting.push({ request, policy, owner, resolve }));
  }

  /** Make the next run of this owner the current one and return it. */
  next(owner: object | null = null): Readonly<Entry> | undefined {
    const entry = this.#current ? undefined : this.#waiting.find((each) => each.owner === owner);
    if (entry) {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
      this.#current = {
        ...entry,
        hasStarted: false,
        interruptWanted: false,
        killWanted: false,
        exiting: null,
      };
    }
    return entry;
  }

  /** Python has begun; return the signal that was wanted meanwhile. */
  started(): 'SIGINT' | 'SIGKILL' | null {
    if (!this.#current) {
      return null;
    }
    this.#current.hasStarted = true;
    const { killWanted, interruptWanted } = this.#current;
    return killWanted ? 'SIGKILL' : interruptWanted ? 'SIGINT' : null;
  }

  /** Return whether a kill can be sent now; where it would hit Python as it keeps the run before, it waits. */
  kill(): boolean {
    if (this.#current) {
      this.#current.killWanted = !this.#current.hasStarted;
    }
    return this.#current?.hasStarted ?? true;
  }

  /** Return whether an interrupt can be sent now; where it comes too early it is kept. */
  interrupt(): boolean {
    if (this.#current) {
      this.#current.interruptWanted = !this.#current.hasStarted;
    }
    return this.#current?.hasStarted ?? false;
  }

  exiting(done: Done): void {
    if (this.#current) {
      this.#current.exiting = done;
    }
  }

  /** End the current run, which has not begun: return its outcome, and what tells who waits for it. */
  refuse(reason: string): [Outcome, () => void] {
    const current = this.#current;
    if (!current) {
      throw new Error('There is no run to refuse.');
    }
    this.#current = undefined;
    const failure: Failure = { type: 'refused', text: reason };
    const result: Outcome = { ...NOTHING, run: current.request.id, outcome: 'refused', failure };
    return [result, () => current.resolve(result)];
  }

  /** End the current run: return its outcome, and what tells who waits for it. */
  finish(done: Done, kept: boolean): [Outcome, () => void] {
    const current = this.#current;
    if (current?.request.id !== done.id) {
      throw new Error(`Python reports the end of run ${done.id}, which is not going on.`);
    }
    this.#current = undefined;
    const { outcome, failure, seconds, changes } = done;
    const result: Outcome = { run: done.id, outcome, failure, seconds, end: null, changes, kept };
    return [result, () => current.resolve(result)];
  }

  /** End all runs, as Python has ended. */
  end(end: End): [Outcome, () => void][] {
    const current = this.#current;
    const ended = current ? [current, ...this.#waiting] : this.#waiting;
    this.#current = undefined;
    this.#waiting = [];
    return ended.map((entry) => {
      const exiting = entry === current ? current.exiting : null;
      const result: Outcome = {
        ...NOTHING,
        run: entry.request.id,
        outcome: exiting ? 'exiting' : 'died',
        seconds: exiting?.seconds ?? null,
        end,
      };
      return [result, () => entry.resolve(result)];
    });
  }
}
