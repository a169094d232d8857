/** Ctrl-C during a run: pressed again and again, it does more each time. */

export type EscalationStep = 'pass' | 'interrupt' | 'warn' | 'kill';

/** Presses further apart are not the same wish where an editor or a debugger takes Ctrl-C as a key. */
const IMPATIENCE_STEPS = 3;
const LEAST_IMPATIENCE_MS = 2000;
/** So far apart they are one where the terminal makes an interrupt of the key; and so long the warning holds. */
const PATIENCE_MS = 10_000;

const RUNGS: readonly EscalationStep[] = ['pass', 'interrupt', 'warn', 'kill'];

export class InterruptEscalation {
  readonly #step: number;
  #height = 0;
  #climbed = Number.NEGATIVE_INFINITY;
  #pressed = Number.NEGATIVE_INFINITY;

  /** A press within `step` milliseconds of the one that climbed is the same one, held down or in a hurry. */
  constructor(step: number) {
    this.#step = step;
  }

  /** A run begins. */
  reset(): void {
    this.#height = 0;
    this.#climbed = Number.NEGATIVE_INFINITY;
    this.#pressed = Number.NEGATIVE_INFINITY;
  }

  /** What this press does; `now` in milliseconds. */
  press(now: number, isInterrupt: boolean): EscalationStep {
    const least = isInterrupt || RUNGS[this.#height - 1] === 'warn' ? PATIENCE_MS : LEAST_IMPATIENCE_MS;
    const patience = Math.max(least, IMPATIENCE_STEPS * this.#step);
    if (now - this.#pressed > patience) {
      this.reset();
    }
    this.#pressed = now;
    if (now - this.#climbed < this.#step) {
      return 'pass';
    }
    this.#climbed = now;
    const step = RUNGS[this.#height] ?? 'kill';
    this.#height = Math.min(this.#height + 1, RUNGS.length - 1);
    return step;
  }
}
