/** Search history while typing what is looked for. */

import type { Version } from './edit-history.ts';

export interface Found {
  text: string;
  /** Where in the text the match begins. */
  at: number;
}

export class Search {
  #entries: readonly string[];
  #position: number;
  #found: Found | null = null;
  #query = '';
  /** Whether the last step found nothing more. */
  failed = false;

  /** What was typed before the search: it comes back when the search is dropped. */
  readonly draft: Version;

  constructor(entries: readonly string[], draft: Version) {
    this.draft = draft;
    this.#entries = entries;
    this.#position = entries.length;
  }

  get query(): string {
    return this.#query;
  }

  get found(): Found | null {
    return this.#found;
  }

  /** Look for something else, from where we are. */
  look(query: string): void {
    const longer = query.startsWith(this.#query);
    this.#query = query;
    // A shorter query may match what is newer than the place where we are.
    const from = longer ? Math.min(this.#position, this.#entries.length - 1) : this.#entries.length - 1;
    this.#go(from, -1);
  }

  older(): void {
    this.#go(this.#position - 1, -1);
  }

  newer(): void {
    this.#go(this.#position + 1, 1);
  }

  #go(from: number, step: 1 | -1): void {
    this.failed = false;
    if (this.#query === '') {
      return;
    }
    for (let index = from; index >= 0 && index < this.#entries.length; index += step) {
      const text = this.#entries[index] as string;
      const at = indexOf(text, this.#query);
      if (at < 0 || (text === this.#found?.text && index !== this.#position)) {
        continue;
      }
      this.#position = index;
      this.#found = { text, at };
      return;
    }
    this.failed = true;
  }
}

/** Capitals matter only where some are typed. */
function indexOf(text: string, query: string): number {
  return query === query.toLowerCase() ? text.toLowerCase().indexOf(query) : text.indexOf(query);
}
