/** A part of what random programs do: its actions, a model of what comes of them, and what others see of it. */

import type { Outsider } from '../../../support/outsider.ts';
import type { Surroundings } from '../../../support/story.ts';

/** Something that the session's program does. */
export interface Act {
  words: string;
  /** An expression of Python that says what came of it. */
  code: string;
  /** Do it in the model; return what the program is to say. */
  play(): string;
}

/** Something that somebody else does; returns what came of it and what was to. */
export interface Deed {
  words: string;
  play(): Promise<[said: string, expected: string]>;
}

/** What a run goes on with until it is killed, and how somebody else sees that it has begun. */
export interface Torrent {
  words: string;
  code: string;
  hasBegun(): boolean;
  /** The run has been killed: compare what others have of it, and put that into the model. */
  stop(): Promise<[seen: unknown, wanted: unknown]>;
}

/** How another state became the live one: the host put it in the place of one that lived, or that died unforeseen. */
export type How = 'moved' | 'died';

export interface Part {
  /** What the session defines for it. */
  readonly setUp: string;
  open?(): Promise<void>;
  /** What the program may do now; `number` is the step's. */
  acts(number: number): Act[];
  deeds(number: number): Deed[];
  torrents?(number: number): Torrent[];
  /** A copy of the state sleeps from now on. */
  freeze(id: number): void;
  /** It goes on. */
  wake(id: number, how: How): void;
  /** What can be seen from elsewhere, once it is as wanted or for long enough not, and what is wanted. */
  look(): Promise<[seen: unknown, wanted: unknown]>;
  /** The session has ended: the same. */
  end(): Promise<[seen: unknown, wanted: unknown]>;
}

/** Where it all takes place. */
export interface World extends Surroundings {
  prober: Outsider;
}

const LOOK_EVERY_MS = 2;
const PATIENCE_MS = 10_000;

/** Wait until something is as it is to be, or has had time enough; what it is then is compared. */
export async function settled(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isSo() && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
