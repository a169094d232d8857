/** Saves a session automatically, when it rests after a run. */

import { background } from '../platform/background.ts';
import type { SessionState } from '../session/session-state.ts';

/** How long things take, and how often they happen, in milliseconds. */
export interface Pace {
  /** So long the session has rested before it is saved automatically. */
  rest: number;
  /** So long lies between two such saves, at least. */
  apart: number;
  /** And so long after one that failed for a reason that may pass, such as a full disk. */
  again: number;
  /** So long a writer may be at one name. */
  patience: number;
  /** So long the closing of a session may be held up by its last save. */
  closing: number;
}

export const PACE: Pace = { rest: 1000, apart: 3000, again: 30_000, patience: 60_000, closing: 10_000 };

/** Saving may take one part in so many of all time. */
const SHARE_OF_TIME = 10;

interface Parts {
  core: SessionState;
  pace: Pace;
  isBusy: () => boolean;
  /** Save; resolves when that is over, with whether nothing more is to be done about the state. */
  save: () => Promise<boolean>;
}

export class Automatic {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | undefined;
  /** The state that the timer is for. */
  #awaited: number | null = null;
  /** The state that was saved last, or that cannot be. */
  #settled = 0;
  #notBefore = 0;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether something has run since the session was saved. */
  get isDue(): boolean {
    const { id } = this.#parts.core.timeline.states.current;
    return id !== 0 && id !== this.#settled;
  }

  /** The session may rest now, or may not any more. */
  look(): void {
    const { id } = this.#parts.core.timeline.states.current;
    const isWanted = this.#isWanted();
    if (isWanted && this.#awaited === id) {
      return;
    }
    clearTimeout(this.#timer);
    this.#awaited = isWanted ? id : null;
    if (isWanted) {
      const delay = Math.max(this.#parts.pace.rest, this.#notBefore - performance.now());
      this.#timer = setTimeout(() => background(this.#save(), 'saving automatically'), delay).unref();
    }
  }

  /** The state is saved, or cannot be: nothing more is to be done about it. */
  settle(state: number): void {
    this.#settled = state;
    this.look();
  }

  /** Another Python has been started. */
  restart(): void {
    this.#settled = 0;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #isWanted(): boolean {
    const { phase, timeline } = this.#parts.core;
    const isResting = phase.is('idle') && timeline.states.current.copy === 'frozen';
    return isResting && this.isDue && !this.#isClosed && !this.#parts.isBusy();
  }

  async #save(): Promise<void> {
    this.#awaited = null;
    if (!this.#isWanted()) {
      return;
    }
    const { id } = this.#parts.core.timeline.states.current;
    const begin = performance.now();
    const isSettled = await this.#parts.save();
    const end = performance.now();
    const { apart, again } = this.#parts.pace;
    this.#notBefore = end + Math.max(isSettled ? apart : again, (end - begin) * SHARE_OF_TIME);
    if (isSettled) {
      this.settle(id);
    } else {
      this.look();
    }
  }
}
