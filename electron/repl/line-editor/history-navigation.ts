/** Walk through history, to what begins as the line does. */

export class HistoryNavigation {
  #entries: () => readonly string[];
  #position: number | null = null;
  #prefix = '';
  /** What was being typed before the walk. */
  #draft = '';

  constructor(entries: () => readonly string[]) {
    this.#entries = entries;
  }

  /** Forget where we were: the text was changed, or run. */
  end(): void {
    this.#position = null;
  }

  /** The entry before; `null` where there is none. */
  older(text: string, cursor: number): string | null {
    const entries = this.#entries();
    if (this.#position === null) {
      this.#draft = text;
      this.#prefix = text.slice(0, cursor);
      this.#position = entries.length;
    }
    for (let index = this.#position - 1; index >= 0; index -= 1) {
      const entry = entries[index] as string;
      if (!entry.startsWith(this.#prefix) || entry === text) {
        continue;
      }
      this.#position = index;
      return entry;
    }
    return null;
  }

  /** The entry after; behind the last one, what was being typed. */
  newer(text: string): string | null {
    if (this.#position === null) {
      return null;
    }
    const entries = this.#entries();
    for (let index = this.#position + 1; index < entries.length; index += 1) {
      const entry = entries[index] as string;
      if (!entry.startsWith(this.#prefix) || entry === text) {
        continue;
      }
      this.#position = index;
      return entry;
    }
    this.#position = null;
    return this.#draft;
  }
}

/** The rest of the newest entry that begins with the text; empty where there is none. */
export function suggest(entries: readonly string[], text: string): string {
  if (text.trim() === '') {
    return '';
  }
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index] as string;
    if (entry.length > text.length && entry.startsWith(text)) {
      return entry.slice(text.length);
    }
  }
  return '';
}
