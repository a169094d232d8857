/** Ctrl-C during a run: pressed again and again, it does more each time. */

export type Rung = 'pass' | 'interrupt' | 'warn' | 'kill';

/** Presses further apart than this are not the same wish: an editor or a debugger takes Ctrl-C as a key. */
const IMPATIENCE_MS = 2000;
/** How long the warning holds. */
const WARNED_MS = 10_000;

const RUNGS: readonly Rung[] = ['pass', 'interrupt', 'warn', 'kill'];

export class Ladder {
  #height = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** A run begins. */
  reset(): void {
    this.#height = 0;
    this.#last = Number.NEGATIVE_INFINITY;
  }

  /** What this press does; `now` in milliseconds. */
  press(now: number): Rung {
    const patience = RUNGS[this.#height - 1] === 'warn' ? WARNED_MS : IMPATIENCE_MS;
    if (now - this.#last > patience) {
      this.#height = 0;
    }
    this.#last = now;
    const rung = RUNGS[this.#height] ?? 'kill';
    this.#height = Math.min(this.#height + 1, RUNGS.length - 1);
    return rung;
  }
}
