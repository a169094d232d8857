/** What is known of saved sessions: for the API, the console and the window alike. */

/** What became of a name when it was saved, or restored. */
export type How = 'saved' | 'partly' | 'imported' | 'reopened' | 'unsaved';

/** A part of a value that could not be saved. */
export interface Hole {
  /** Where it is, as Python writes it: `data['gen']`. */
  path: string;
  /** What it is, a clause: `a generator`. */
  reason: string;
}

/** One name of a saved session. */
export interface SavedName {
  name: string;
  how: How;
  /** The type's name, with its module unless that is the session's or Python's own. */
  type: string;
  /** In bytes. */
  size: number;
  /** Its group's index; names that share objects share a group. */
  group: number | null;
  /** Changes when the value does; `null` where nobody can tell. */
  print: string | null;
  /** Why it is not saved, a clause. */
  reason: string | null;
  holes: Hole[];
  /** The module and its version, or the file with mode and offset. */
  detail: string | null;
}

/** How many names there are of each kind. */
export type Counts = Record<How, number>;

/** Which names differ between two checkpoints. */
export interface Difference {
  added: string[];
  changed: string[];
  removed: string[];
  /** How many further names the lists would have had. */
  more: number;
}

/** A session on disk. */
export interface Checkpoint {
  id: string;
  /** The session that it was made of. */
  session: string;
  /** The checkpoint before it in its session. */
  previous: string | null;
  /** What the user called it; `null` for one that was made by itself. */
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

/** How far a save or a restore is. */
export interface Progress {
  /** The name that is being worked at; `null` before the first and after the last. */
  name: string | null;
  /** How many names are done, of how many. */
  done: number;
  names: number;
  /** In bytes. */
  bytes: number;
}

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
  names: SavedName[];
  parts: { kind: string; size: number }[];
  packages: Record<string, string>;
  /** Pieces that are missing or damaged, and the names that are lost with them. */
  damage: { pieces: number; names: string[] };
}

/** What came back, and what did not. */
export interface Restoration {
  checkpoint: Checkpoint;
  names: SavedName[];
  warnings: Warning[];
  /** Runs that make names anew that did not come back: the names by the run's number, in order. */
  rebuilds: Rebuild[];
}

export interface Rebuild {
  run: number;
  code: string;
  names: string[];
}

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
  /** The names that it made or bound anew. */
  names: string[];
}
