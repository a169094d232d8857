/** Who waits until it is known whether a state has a copy. */

export class CopyWaits {
  readonly #waiting = new Map<number, (() => void)[]>();

  /** Resolve when that is known of the state, or never will be. */
  settles(state: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(state, [...(this.#waiting.get(state) ?? []), resolve]));
  }

  settle(state: number): void {
    const waiting = this.#waiting.get(state) ?? [];
    this.#waiting.delete(state);
    for (const resolve of waiting) {
      resolve();
    }
  }

  settleAll(): void {
    for (const state of [...this.#waiting.keys()]) {
      this.settle(state);
    }
  }
}
