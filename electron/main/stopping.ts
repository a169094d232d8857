/** The ladder of the stop button: interrupt, interrupt again, kill. */

import type { Situation } from '../contract/bridge.ts';

/** After a press the button keeps its meaning for so long: two quick clicks are one wish. */
const STEP_AFTER_MS = 700;

type Step = Situation['stop'];

const NEXT: Record<Step, Step> = { interrupt: 'insist', insist: 'kill', kill: 'kill' };

export class Stopping {
  readonly #changed: () => void;
  #step: Step = 'interrupt';
  #timer: NodeJS.Timeout | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What the next press does. */
  get step(): Step {
    return this.#step;
  }

  /** The button was pressed: say what to do now, and go on to the next step if the run does. */
  press(): Step {
    const step = this.#step;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#step = NEXT[step];
      this.#changed();
    }, STEP_AFTER_MS);
    return step;
  }

  /** The run is over. */
  reset(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#step = 'interrupt';
  }
}
