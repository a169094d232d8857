/** Earlier versions of a text, for undo and redo. */

export interface Version {
  text: string;
  cursor: number;
}

/** How many steps back one can go. */
const MAX_STEPS = 1000;

export class EditHistory {
  #past: Version[] = [];
  #future: Version[] = [];
  #group: string | null = null;

  /** Keep a version before it changes. Changes of one group that follow each other are one step. */
  keep(version: Version, group: string | null): void {
    if (group === null || group !== this.#group) {
      this.#past.push(version);
      if (this.#past.length > MAX_STEPS) {
        this.#past.shift();
      }
    }
    this.#future = [];
    this.#group = group;
  }

  /** The next change is a step of its own. */
  endGroup(): void {
    this.#group = null;
  }

  back(now: Version): Version | null {
    return this.#step(this.#past, this.#future, now);
  }

  forward(now: Version): Version | null {
    return this.#step(this.#future, this.#past, now);
  }

  #step(from: Version[], to: Version[], now: Version): Version | null {
    const version = from.pop();
    if (!version) {
      return null;
    }
    to.push(now);
    this.#group = null;
    return version;
  }
}
