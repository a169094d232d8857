/** What is known of saved sessions: for the API, the console and the window alike. */

import type { Hole, Loading, RestoredName, SavedChanges, SavedCounts } from './messages.ts';

export type { Hole };

/** One name of a saved session. */
export type SavedName = RestoredName;

/** What became of a name when it was saved, or restored. */
export type How = SavedName['how'];

/** How many names there are of each kind. */
export type Counts = SavedCounts;

/** Which names differ between two checkpoints. */
export type Difference = SavedChanges;

/** A session on disk. */
export interface Checkpoint {
  id: string;
  /** The session that it was made of. */
  session: string;
  /** The checkpoint before it in its session. */
  previous: string | null;
  /** What the user called it; `null` for an automatic one. */
  name: string | null;
  /** When it was made, in milliseconds since 1970. */
  at: number;
  /** The number of its last run; 0 before the first. */
  run: number;
  /** The first lines of its last runs, the newest last. */
  lastRuns: string[];
  /** The language's version, `3.11.7`. */
  python: string;
  /** Such as `linux-x86_64`. */
  platform: string;
  /** The working directory. */
  folder: string;
  counts: Counts;
  /** Since the checkpoint before it. */
  changes: Difference;
  /** All of its data, in bytes. */
  size: number;
  /** So much of it was new on disk, in bytes. */
  added: number;
}

/** A checkpoint whose root cannot be used, and why, in a sentence. */
export interface Damaged {
  id: string;
  session: string;
  at: number;
  reason: string;
}

/** Whether it is one that cannot be used. */
export function isDamaged(found: { id: string }): found is Damaged {
  return 'reason' in found;
}

/** How far a save or a restore is: the name that is being worked at, how many are done of how many, and the bytes. */
export type Progress = Pick<Loading, 'name' | 'done' | 'names' | 'bytes'>;

/** Nothing has been done yet. */
export const NO_PROGRESS: Progress = { name: null, done: 0, names: 0, bytes: 0 };

/** What is different here from where a checkpoint was made. */
export interface Warning {
  /** `python`, `platform`, `runs` where those are damaged, or a package's name. */
  about: string;
  /** A sentence. */
  text: string;
}

/** What a file holds, read without loading any of it. */
export interface Inspection {
  checkpoint: Checkpoint;
  /** Whether this installation made it, or the user has said that it may be trusted. */
  trusted: boolean;
  /** Identifies what was looked at. */
  digest: string;
  names: SavedName[];
  parts: { kind: string; size: number }[];
  packages: Record<string, string>;
  /** Pieces that are missing or damaged, and the names that are lost with them. */
  damage: { pieces: number; names: string[] };
}

/** What a checkpoint has beside names and code: parts with their sizes in bytes, and environment variables. */
export interface Extras {
  parts: { kind: string; size: number }[];
  variables: string[];
}

/** What came back, and what did not. */
export interface Restoration {
  checkpoint: Checkpoint;
  names: SavedName[];
  warnings: Warning[];
  /** Runs that recreate names that did not come back: the names by the run's number, in order. */
  rebuilds: Rebuild[];
}

export interface Rebuild {
  run: number;
  code: string;
  /** What it is run again for. */
  names: string[];
  /** What else it binds. */
  besides: string[];
}

/** So many are offered at once; the others are in the list, and offered when these are settled. */
export const MOST_OFFERED = 3;

/** A session that was open when it ended: offered at the next start. */
export interface Offer {
  /** The newest checkpoint of it. */
  checkpoint: Checkpoint;
  /** How it ended: the user quit, or it was cut off. */
  ended: 'quit' | 'cut off';
  /** When it was last known to live. */
  at: number;
}

/** A run of a restored session. */
export interface SavedRun {
  run: number;
  code: string;
  outcome: string;
  seconds: number | null;
  at: number;
  file: string | null;
  line: number;
  /** The names that it made or rebound. */
  names: string[];
}
