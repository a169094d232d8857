/**
 * Checkpoints: written, and loaded in the place of a run.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/checkpoints.py`: change that, not this one.
 */

/** A piece of a stream; `docs/checkpoint-format.md` has the whole. */
export interface Piece {
  hash: string;
  size: number;
}

/** What the supervisor adds to a checkpoint: a file, whose bytes become a part of it. */
export interface Side {
  /** `runs`, `transcript`, `history`, `editor`, `plots`. */
  part: string;
  file: string;
}

/** A name that a writer has to leave alone: the one before it died or hung there. */
export interface Spared {
  name: string;
  reason: string;
}

/** Which names differ from the checkpoint before. */
export interface SavedChanges {
  added: string[];
  changed: string[];
  removed: string[];
  /** How many further names the lists would have had. */
  more: number;
}

/** How many names there are of each kind. */
export interface SavedCounts {
  saved: number;
  partly: number;
  imported: number;
  reopened: number;
  unsaved: number;
}

/** A part of a value that could not be saved, or did not come back. */
export interface Hole {
  /** Where it is, as Python writes it: `data['gen']`. */
  path: string;
  /** What it is, a clause: `a generator`. */
  reason: string;
}

/** What became of one name of a checkpoint, when it was saved or restored. */
export interface RestoredName {
  name: string;
  how: 'saved' | 'partly' | 'imported' | 'reopened' | 'unsaved';
  /** The type's name, with its module unless that is the session's or Python's own. */
  type: string;
  /** In bytes. */
  size: number;
  /** Its group's index; names that share objects share a group. */
  group: number | null;
  /** Changes when the value does; `None` where nobody can tell. */
  print: string | null;
  /** Why it is not saved, a clause. */
  reason: string | null;
  holes: Hole[];
  /** The module and its version, or the file with mode and offset. */
  detail: string | null;
}

/** A checkpoint to load: its root has been verified, and all else is found by hashes that stand in it. */
export interface Source {
  checkpoint: string;
  /** The folder of its session. */
  folder: string;
  manifest: Piece[];
  /** Only these names and what they share objects with; `None` for all, and for what was around them. */
  names: string[] | null;
}

// From the supervisor to the host, or to the live state where no copy of it can be made; and back.

/**
 * Write a checkpoint. Answered by `saving` again and again, then by `saved` or `unsaved`.
 *
 * The host has it done by a copy of the frozen state, the live state does it itself.
 */
export interface Save {
  kind: 'save';
  id: number;
  /** The state that is written; the live state writes what it is. */
  state: number;
  /** The session's folder in the store. */
  folder: string;
  /** The manifest of the checkpoint before, against which changes are told. */
  previous: Piece[] | null;
  sides: Side[];
  spared: Spared[];
}

/** How far a writer is. */
export interface Saving {
  kind: 'saving';
  id: number;
  /** The name that it works at. */
  name: string | null;
  /** So many names are written. */
  done: number;
  /** Of so many. */
  names: number;
  /** So much of the data has been gone through. */
  bytes: number;
}

/** All data of a checkpoint is on disk; the root, which makes it one, is the supervisor's to write. */
export interface Saved {
  kind: 'saved';
  id: number;
  /** The file with the new pieces, below `writing-ID` in the folder; `None` where nothing was new. */
  pack: string | null;
  manifest: Piece[];
  /** Of all data, in bytes. */
  size: number;
  /** So much of it was new. */
  added: number;
  counts: SavedCounts;
  changes: SavedChanges;
  seconds: number;
}

/** No checkpoint was written. */
export interface Unsaved {
  kind: 'unsaved';
  id: number;
  /** A clause: `the disk is full`. */
  reason: string;
  /** The name at which the writer died; it may go well without. */
  name: string | null;
}

// From the supervisor to the host.

/** End a writer; what it has written is thrown away. */
export interface Cancel {
  kind: 'cancel';
  id: number;
}

// From the live state to the supervisor.

/** How far the loading of a checkpoint is. */
export interface Loading {
  kind: 'loading';
  id: number;
  name: string | null;
  done: number;
  names: number;
  bytes: number;
}

/** What came back; sent before the `done` of its run. */
export interface Loaded {
  kind: 'loaded';
  id: number;
  names: RestoredName[];
  /** What was around the names and did not come back, a clause each. */
  notes: string[];
  /** The versions here of the packages that the checkpoint names, as far as they are here. */
  packages: Record<string, string>;
}
