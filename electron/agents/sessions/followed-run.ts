/** A run that may outlast the call that began it: what it has printed, and what came of it. */

import { background } from '../../supervisor/platform/background.ts';
import type { Outcome, Policy, Status } from '../../supervisor/session.ts';
import { RunOutput, type Shown } from './run-output.ts';
import { cutToUsersFrames } from './user-frames.ts';

export class FollowedRun {
  readonly policy: Policy;
  readonly output = new RunOutput();
  /** What is printed when it is over: by threads. */
  readonly between = new RunOutput();
  readonly done: Promise<void>;
  readonly #begin = performance.now();
  #finish: () => void = () => undefined;
  #number: number | null = null;
  #outcome: Outcome | null = null;

  constructor(policy: Policy) {
    this.policy = policy;
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** `null` while it goes on. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  /** `null` where it has not begun. */
  get number(): number | null {
    return this.#number;
  }

  /** How long it has gone on, in seconds. */
  get seconds(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  follow(outcome: Promise<Outcome>, status: Status): void {
    this.#number = 'run' in status ? status.run : null;
    background(this.#end(outcome), 'following a run');
  }

  print(bytes: Buffer): void {
    (this.#outcome ? this.between : this.output).take(bytes);
  }

  shown(): Shown {
    return this.output.shown(cutToUsersFrames);
  }

  async #end(outcome: Promise<Outcome>): Promise<void> {
    this.#outcome = await outcome;
    this.#number = this.#outcome.run;
    this.#finish();
  }
}
