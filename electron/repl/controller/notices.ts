/** What is said without being asked, once: a run that cannot be undone, copies that cost time. */

import type { Session, State, Status } from '../../supervisor/session.ts';
import { durationText } from '../../wording/times.ts';

/** A pause that one notices. */
const PAUSE_SECONDS = 0.1;
/** So many different obstacles are remembered, not to be told twice. */
const MOST_OBSTACLES = 100;

export class Notices {
  readonly #say: (text: string) => void;
  readonly #obstacles = new Set<string>();
  #hasToldOfPause = false;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  follow(status: Status): void {
    if (status.kind !== 'running' || status.obstacle === null || this.#obstacles.has(status.obstacle)) {
      return;
    }
    if (this.#obstacles.size >= MOST_OBSTACLES) {
      this.#obstacles.clear();
    }
    this.#obstacles.add(status.obstacle);
    this.#say(`· this run cannot be undone: ${status.obstacle}`);
  }

  /** A copy may have been made: one that took long may be chance, two in a row are none. */
  look({ states, keepsEveryRun }: Session): void {
    if (this.#hasToldOfPause || !keepsEveryRun) {
      return;
    }
    const pauses = states.slice(-2).map(({ pause }: State) => pause ?? 0);
    if (pauses.length < 2 || Math.min(...pauses) <= PAUSE_SECONDS) {
      return;
    }
    this.#hasToldOfPause = true;
    const pause = durationText(Math.min(...pauses));
    this.#say(
      `· keeping a state after each run takes ${pause} here; %keep when-asked keeps one only when you ask`,
    );
  }
}
