/** Tell when the saved sessions change, whichever process changes them. */

import { type FSWatcher, watch } from 'node:fs';

/** Several changes within this time are told as one. */
const TOGETHER_MS = 50;

export class Watching {
  readonly #folder: string;
  readonly #listeners = new Set<() => void>();
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Return the function that ends it. */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#watcher?.close();
        this.#watcher = null;
      }
    };
  }

  /** Something has changed. */
  tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      for (const listener of this.#listeners) {
        listener();
      }
    }, TOGETHER_MS).unref();
  }

  /** Watch the folder, once it is there and somebody listens: each change is made under the lock, which is in it. */
  watch(): void {
    if (this.#watcher || this.#listeners.size === 0) {
      return;
    }
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, () => this.tell());
      this.#watcher.on('error', () => undefined);
    } catch {
      // Not there yet, or the system has no more watches to give: what this process changes is told all the same.
      this.#watcher = null;
    }
  }
}
