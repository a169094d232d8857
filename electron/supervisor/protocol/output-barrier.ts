/** Keeps control messages in order with the output that was written before them. */

/** The mark that the host writes behind all output of a live state that has ended. */
export const ENDING_MARK = 0;

export class OutputBarrier {
  readonly #waiting = new Map<number, (() => void)[]>();
  #last = 0;
  #hasEnded = false;

  /** Call `then` when the mark has passed; at once where it has. */
  after(mark: number, then: () => void): void {
    if (mark === ENDING_MARK ? this.#hasEnded : mark <= this.#last) {
      then();
    } else {
      this.#waiting.set(mark, [...(this.#waiting.get(mark) ?? []), then]);
    }
  }

  /** The last mark that has passed. */
  get last(): number {
    return this.#last;
  }

  /** Another live state follows on the one that has ended. */
  goOn(): void {
    this.#hasEnded = false;
  }

  /** A mark has passed, and all output before it has been emitted. */
  pass(mark: number): void {
    if (mark === ENDING_MARK) {
      this.#hasEnded = true;
    } else {
      this.#last = mark;
    }
    const waiting = this.#waiting.get(mark) ?? [];
    this.#waiting.delete(mark);
    for (const then of waiting) {
      then();
    }
  }
}
