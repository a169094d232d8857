/** The runs that led to each state of a session: a checkpoint tells how its names came to be. */

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
  runs: SavedRun[];
  /** Whether what came before has nothing to do with it: a whole session was restored. */
  isFirst: boolean;
}

export class RunLog {
  readonly #steps = new Map<number, Step>();

  arrive({ state, parent, request, done }: Arrived): void {
    const { id: run, outcome, seconds, changes } = done;
    const { code, file, line } = request;
    const names = [...(changes?.added ?? []), ...(changes?.rebound ?? [])];
    const runs = [{ run, code, outcome, seconds, at: Date.now(), file, line, names }];
    this.#steps.set(state, { parent, runs, isFirst: false });
  }

  /** The state was led to by the loading of a checkpoint: these runs stand in the place of that one. */
  restored(state: number, runs: SavedRun[], isWhole: boolean): void {
    const parent = this.#steps.get(state)?.parent ?? 0;
    this.#steps.set(state, { parent, runs, isFirst: isWhole });
  }

  /** Another Python has been started. */
  clear(): void {
    this.#steps.clear();
  }

  /** The runs that led to a state, the oldest first. */
  before(state: number): SavedRun[] {
    const found: SavedRun[][] = [];
    for (let step = this.#steps.get(state); step; step = this.#steps.get(step.parent)) {
      found.unshift(step.runs);
      if (step.isFirst) {
        break;
      }
    }
    return found.flat();
  }
}
