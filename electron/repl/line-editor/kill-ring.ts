/** What was cut, newest first, to be put back by yank. */

/** As in Emacs. */
const MAX_KILLS = 60;

export class KillRing {
  #kills: string[] = [];
  #position = 0;

  /** Keep what was cut; a cut that follows another joins it. */
  add(text: string, join: 'before' | 'after' | null): void {
    if (text === '') {
      return;
    }
    const last = this.#kills[0];
    if (join && last !== undefined) {
      this.#kills[0] = join === 'before' ? text + last : last + text;
    } else {
      this.#kills.unshift(text);
      this.#kills.length = Math.min(this.#kills.length, MAX_KILLS);
    }
    this.#position = 0;
  }

  /** What yank puts back; empty where nothing was cut. */
  get latest(): string {
    this.#position = 0;
    return this.#kills[0] ?? '';
  }

  /** The cut before the one that was put back last, round and round. */
  older(): string {
    if (this.#kills.length === 0) {
      return '';
    }
    this.#position = (this.#position + 1) % this.#kills.length;
    return this.#kills[this.#position] ?? '';
  }
}
