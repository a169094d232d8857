/** Keeps control messages in order with the output that was written before them. */

/** The mark that the host writes behind all output of a live state that has ended. */
export const ENDING_MARK = 0;

export class OutputBarrier {
  readonly #waiting = new Map<number, (() => void)[]>();
  #last = 0;
  /** The live states of which all output has passed, and whose end nobody has told of yet. */
  #ended = 0;

  /** Call `then` when the mark has passed; at once where it has. Each end has a mark of its own. */
  after(mark: number, then: () => void): void {
    if (mark === ENDING_MARK && this.#ended > 0) {
      this.#ended -= 1;
      then();
    } else if (mark !== ENDING_MARK && mark <= this.#last) {
      then();
    } else {
      this.#waiting.set(mark, [...(this.#waiting.get(mark) ?? []), then]);
    }
  }

  /** The last mark that has passed. */
  get last(): number {
    return this.#last;
  }

  /** A mark has passed, and all output before it has been emitted. */
  pass(mark: number): void {
    const waiting = this.#waiting.get(mark) ?? [];
    this.#waiting.delete(mark);
    if (mark === ENDING_MARK) {
      this.#passEnding(waiting);
      return;
    }
    this.#last = mark;
    for (const then of waiting) {
      then();
    }
  }

  /** One mark stands for one end. */
  #passEnding([then, ...others]: (() => void)[]): void {
    if (others.length > 0) {
      this.#waiting.set(ENDING_MARK, others);
    }
    if (then) {
      then();
    } else {
      this.#ended += 1;
    }
  }
}
