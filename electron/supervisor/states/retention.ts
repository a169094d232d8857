/** Keeps the frozen states within bounds: of memory, and of processes. */

import { readFileSync } from 'node:fs';
import { background } from '../platform/background.ts';
import { availableMemory } from './available-memory.ts';
import { heldBy } from './memory-use.ts';
import type { State, States } from './states.ts';
import { chooseEvicted, chooseLife } from './thinning.ts';

export interface RetentionOptions {
  /** Bytes that the frozen states may hold; by default a quarter of the memory that is left to it at the time. */
  budget?: number | undefined;
  /** How many there may be. */
  limit?: number | undefined;
  /** How many of the runs that led to a state are remembered. */
  runs?: number | undefined;
}

interface Parts {
  states: () => States;
  /** The live state's process. */
  live: () => number | null;
  /** The states that must stay, whatever they hold. */
  needed: () => number[];
  /** What they hold was measured again. */
  measured: () => void;
  /** Evict these states, and tell who shows them. */
  drop: (states: number[], reason: string) => void;
}

const DEFAULT_LIMIT = 200;
/**
 * Of so many live processes copies are kept. What a copy costs grows with the processes whose memory it has parts of,
 * as the kernel notes each of them for each mapping: 1.2 ms with one, 1.6 with 20, 25 with 100.
 */
const LIVES_LIMIT = 20;
const SHARE_OF_FREE = 4;
/** Measuring walks page tables, so it waits until the session rests. */
const REST_MS = 300;
/** Of all time measuring may take one part in so many: with much memory each copy takes tens of milliseconds. */
const SHARE_OF_TIME = 20;
/** A state that was evicted takes a moment to give its memory back. */
const AGAIN_MS = 100;
/** A frozen state takes a process, and a descriptor of its host. */
const SHARE_OF_PROCESSES = 8;
const SHARE_OF_DESCRIPTORS = 2;

export class Retention {
  /** What the frozen states hold, in bytes, when it was last measured. */
  held: number | null = null;
  readonly #parts: Parts;
  readonly #budget: number | undefined;
  readonly #limit: number;
  #timer: NodeJS.Timeout | undefined;
  /** How long measuring took the last time, in milliseconds. */
  #effort = 0;

  constructor(parts: Parts, { budget, limit = DEFAULT_LIMIT }: RetentionOptions) {
    this.#parts = parts;
    this.#budget = budget;
    this.#limit = Math.max(1, Math.min(limit, slots()));
  }

  /** A state was added: see to their number at once, and to their memory when the session rests. */
  check(): void {
    while (this.#frozen().length > this.#limit && this.#dropOne(`more than ${this.#limit} were kept`)) {
      // One after the other, so that those that stay are well spread.
    }
    for (let lives = this.#lives(); lives > LIVES_LIMIT && this.#dropLife(); lives = this.#lives()) {
      // One after the other likewise.
    }
    this.#later(Math.max(REST_MS, this.#effort * SHARE_OF_TIME));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #later(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => background(this.#measure(), 'measuring the states'), delay).unref();
  }

  async #measure(): Promise<void> {
    const begin = performance.now();
    const live = this.#parts.live();
    const pids = this.#frozen().map((state) => state.pid as number);
    this.held = live === null || pids.length === 0 ? 0 : await heldBy(live, pids);
    this.#effort = performance.now() - begin;
    this.#parts.measured();
    if (
      this.held !== null &&
      this.held > (await this.#allowed(live)) &&
      this.#dropOne('to stay within the memory budget')
    ) {
      this.#later(AGAIN_MS);
    }
  }

  async #allowed(live: number | null): Promise<number> {
    if (this.#budget !== undefined || live === null) {
      return this.#budget ?? Number.POSITIVE_INFINITY;
    }
    // What they hold is not free only because they hold it.
    return ((await availableMemory(live)) + (this.held ?? 0)) / SHARE_OF_FREE;
  }

  #frozen(): State[] {
    return this.#parts.states().asleep;
  }

  #lives(): number {
    return new Set(this.#frozen().map(({ life }) => life)).size;
  }

  #dropOne(reason: string): boolean {
    const victim = chooseEvicted(this.#frozen(), new Set(this.#parts.needed()));
    return this.#drop(victim === null ? [] : [victim], reason);
  }

  #dropLife(): boolean {
    const victims = chooseLife(this.#frozen(), new Set(this.#parts.needed()));
    return this.#drop(victims, 'after many undos, so that keeping states stays quick');
  }

  #drop(victims: number[], reason: string): boolean {
    if (victims.length > 0) {
      this.#parts.drop(victims, `evicted: ${reason}`);
    }
    return victims.length > 0;
  }
}

/** How many processes and descriptors may be used for states, by this user's limits. */
function slots(): number {
  let limits: string;
  try {
    limits = readFileSync('/proc/self/limits', 'latin1');
  } catch {
    return Number.POSITIVE_INFINITY; // Not Linux: nothing is frozen there.
  }
  const processes = softLimit(limits, 'Max processes') / SHARE_OF_PROCESSES;
  return Math.floor(Math.min(processes, softLimit(limits, 'Max open files') / SHARE_OF_DESCRIPTORS));
}

function softLimit(limits: string, name: string): number {
  const found = new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(limits);
  return found ? Number(found[1]) : Number.POSITIVE_INFINITY;
}
