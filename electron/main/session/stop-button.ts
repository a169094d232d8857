/** The ladder of the stop button: interrupt, interrupt again, kill. */

import type { Situation } from '../../contract/bridge.ts';

type Step = Situation['stop'];

const NEXT: Record<Step, Step> = { interrupt: 'insist', insist: 'kill', kill: 'kill' };

export class StopButton {
  readonly #changed: () => void;
  readonly #stepAfter: () => number;
  #step: Step = 'interrupt';
  #timer: NodeJS.Timeout | null = null;

  /** After a press the button keeps its meaning for `stepAfter` milliseconds: two quick clicks are one wish. */
  constructor(changed: () => void, stepAfter: () => number) {
    this.#changed = changed;
    this.#stepAfter = stepAfter;
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
    }, this.#stepAfter());
    return step;
  }

  /** The run is over. */
  reset(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#step = 'interrupt';
  }
}
