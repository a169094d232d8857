/** The runs that led to each state of a session, the newest of them: a checkpoint tells how its names came to be. */

import type { SavedRun } from '../../contract/checkpoints.ts';
import type { Done, Run } from '../../contract/messages.ts';

/** A run that has led from one state to another. */
export interface Arrived {
  state: number;
  parent: number;
  request: Pick<Run, 'code' | 'file' | 'line'>;
  done: Done;
}

interface Step {
  parent: number;
  runs: readonly SavedRun[];
  /** Whether what came before has nothing to do with it: a whole session was restored. */
  isFirst: boolean;
}

const MOST_RUNS = 10_000;
/** In characters: all of it is held in memory, and what led to a state is a part of each checkpoint. */
const MOST_CODE = 32 * 2 ** 20;

export class RunLog {
  readonly #most: number;
  readonly #steps = new Map<number, Step>();
  #runs = 0;
  #code = 0;

  /** So many runs are remembered, the newest. */
  constructor(most = MOST_RUNS) {
    this.#most = most;
  }

  arrive({ state, parent, request, done }: Arrived): void {
    const { id: run, outcome, seconds, changes } = done;
    const { code, file, line } = request;
    const names = [...(changes?.added ?? []), ...(changes?.rebound ?? [])];
    const runs = [{ run, code, outcome, seconds, at: Date.now(), file, line, names }];
    this.#note(state, { parent, runs, isFirst: false });
  }

  /** The state was led to by the loading of a checkpoint: these runs stand in the place of that one. */
  restored(state: number, runs: SavedRun[], isWhole: boolean): void {
    const parent = this.#steps.get(state)?.parent ?? 0;
    this.#note(state, { parent, runs: runs.slice(-this.#most), isFirst: isWhole });
  }

  /** Another Python has been started. */
  clear(): void {
    this.#steps.clear();
    this.#runs = 0;
    this.#code = 0;
  }

  /** The runs that led to a state, the oldest first. */
  before(state: number): SavedRun[] {
    const found: (readonly SavedRun[])[] = [];
    for (let step = this.#steps.get(state); step; step = this.#steps.get(step.parent)) {
      found.push(step.runs);
      if (step.isFirst) {
        break;
      }
    }
    return found.reverse().flat().slice(-this.#most);
  }

  #note(state: number, step: Step): void {
    this.#count(this.#steps.get(state)?.runs ?? [], -1);
    this.#steps.delete(state);
    this.#steps.set(state, step);
    this.#count(step.runs, 1);
    for (const [id, oldest] of this.#steps) {
      if (id === state || !this.#isTooMuch) {
        return;
      }
      this.#forgetFirst(id, oldest);
    }
  }

  get #isTooMuch(): boolean {
    return this.#runs > this.#most || this.#code > MOST_CODE;
  }

  /** Forget the first runs of a step, or all of it. */
  #forgetFirst(id: number, step: Step): void {
    let first = 0;
    while (this.#isTooMuch && first < step.runs.length) {
      this.#count(step.runs.slice(first, first + 1), -1);
      first += 1;
    }
    if (first < step.runs.length) {
      step.runs = step.runs.slice(first);
    } else {
      this.#steps.delete(id);
    }
  }

  #count(runs: readonly SavedRun[], sign: 1 | -1): void {
    this.#runs += sign * runs.length;
    this.#code += sign * runs.reduce((sum, { code }) => sum + code.length, 0);
  }
}
