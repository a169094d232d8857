/** The runs of a session: one goes on, the others wait their turn. */

import type { Done, Failure, Run } from '../contract/messages.ts';
import type { End } from './ends.ts';

/** What became of a run. */
export interface Outcome {
  run: number;
  outcome: Done['outcome'] | 'died';
  failure: Failure | null;
  /** How long the user's code ran, in seconds; `null` where Python died in it or before it began. */
  seconds: number | null;
  /** How Python ended, where it did in this run. */
  end: End | null;
}

export interface RunOptions {
  /** The file that the code is from, for tracebacks. */
  file?: string;
  /** The line of that file on which the code begins, from 1. */
  line?: number;
  /** `prompt` (default): the last expression is shown; `single`: one statement as at CPython's prompt. */
  style?: 'prompt' | 'single';
}

interface Entry {
  request: Run;
  resolve: (outcome: Outcome) => void;
}

interface Current extends Entry {
  /** Whether Python has begun with it; before that an interrupt would find nothing. */
  hasStarted: boolean;
  interruptWanted: boolean;
  /** Set where the run asked Python to exit: its outcome waits for how that ended. */
  exiting: Done | null;
}

export class Runs {
  #last = 0;
  #waiting: Entry[] = [];
  #current: Current | undefined;

  get current(): Readonly<Current> | undefined {
    return this.#current;
  }

  get areWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  add(code: string, options: RunOptions): Promise<Outcome> {
    this.#last += 1;
    const { file = null, line = 1, style = 'prompt' } = options;
    const request: Run = { kind: 'run', id: this.#last, code, file, line, style };
    return new Promise((resolve) => void this.#waiting.push({ request, resolve }));
  }

  /** Make the next run the current one and return its request. */
  next(): Run | undefined {
    const entry = this.#current ? undefined : this.#waiting.shift();
    if (entry) {
      this.#current = { ...entry, hasStarted: false, interruptWanted: false, exiting: null };
    }
    return entry?.request;
  }

  /** Python has begun; return whether an interrupt was wanted meanwhile. */
  started(): boolean {
    if (!this.#current) {
      return false;
    }
    this.#current.hasStarted = true;
    return this.#current.interruptWanted;
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

  /** End the current run: return its outcome, and what tells who waits for it. */
  finish(done: Done): [Outcome, () => void] {
    const current = this.#current;
    if (current?.request.id !== done.id) {
      throw new Error(`Python reports the end of run ${done.id}, which is not going on.`);
    }
    this.#current = undefined;
    const { outcome, failure, seconds } = done;
    const result: Outcome = { run: done.id, outcome, failure, seconds, end: null };
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
        run: entry.request.id,
        outcome: exiting ? 'exiting' : 'died',
        failure: null,
        seconds: exiting?.seconds ?? null,
        end,
      };
      return [result, () => entry.resolve(result)];
    });
  }
}
