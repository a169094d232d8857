/** What the window shows of saved sessions: shorter than what is known of them, however many names they have. */

import type { Counts, Damaged, Difference, How, Progress } from './checkpoints.ts';

/** A checkpoint in the list. */
export interface Card {
  id: string;
  /** The session that it was made of. */
  session: string;
  /** What the user called it; `null` for an automatic one. */
  name: string | null;
  /** When it was made, in milliseconds since 1970. */
  at: number;
  /** The number of its last run; 0 before the first. */
  run: number;
  /** The first line of its last run; `null` before the first. */
  lastRun: string | null;
  /** The language's version. */
  python: string;
  /** The working directory, with `~` for the user's own. */
  folder: string;
  /** In bytes. */
  size: number;
  counts: Counts;
  /** How many names were added, changed and removed since the one before it. */
  changes: { added: number; changed: number; removed: number };
}

/** A session that was open when it ended, and that may be gone on with. */
export interface Offered {
  /** Its newest checkpoint. */
  card: Card;
  ended: 'quit' | 'cut off';
  /** When it was last known to live, in milliseconds since 1970. */
  at: number;
}

/** All that is saved. */
export interface SavedNews {
  /** The session of the store that the live one is; `null` before its first save. */
  session: string | null;
  /** The newest first; those that cannot be used say why. */
  cards: (Card | Damaged)[];
  /** What is offered at the start, the newest first; none once the user has chosen. */
  offers: Offered[];
  /** Why the last save, or the list itself, failed: a sentence; `null` where nothing did. */
  complaint: string | null;
  /** That they take more of the disk than they should: a sentence; `null` where they do not. */
  warning: string | null;
}

/** A session on its way to the disk, or back. */
export interface Transfer {
  kind: 'saving' | 'restoring';
  /** What the user calls it; `null` where it has no name. */
  name: string | null;
  /** Whether nobody has asked for it. */
  automatic: boolean;
  progress: Progress;
}

/** A name of a saved session. */
export interface NameLine {
  name: string;
  how: How;
  type: string;
  /** In bytes. */
  size: number;
  /** Why it is not saved, or what is missing of it, or what stands for it; `null` where there is nothing to say. */
  words: string | null;
}

/** What a checkpoint holds, read without loading any of it. */
export interface Contents {
  card: Card;
  /** Whether it was made here, or the user has said that it may be trusted. */
  trusted: boolean;
  /** Those with something to say first. */
  names: NameLine[];
  /** How many further names there are. */
  more: number;
  /** The packages that it had imported, with their versions. */
  packages: [name: string, version: string][];
  /** What is different here, a sentence each. */
  differences: string[];
  /** What of it is damaged, and what is lost with that: a sentence; `null` where nothing is. */
  damage: string | null;
}

/** Which names differ between two checkpoints; the second is the later one. */
export interface Comparison {
  before: Card;
  after: Card;
  difference: Difference;
}

/** What came of a restore. */
export interface Restored {
  card: Card;
  /** How many names came back. */
  back: number;
  /** Names that did not, or not whole. */
  missing: MissingName[];
  /** How many further such names there are. */
  more: number;
  /** What is different here, a sentence each. */
  warnings: string[];
  /** The runs that recreate names, in order. */
  runs: number[];
  /** What became of the script, a sentence; `null` where there is nothing to say. */
  script: string | null;
}

export interface MissingName extends NameLine {
  /** The run that recreates it. */
  run: number | null;
}

/** A file with a checkpoint that the user has opened: it is shown, and nothing of it is loaded unasked. */
export interface ForeignFile {
  /** The file's name. */
  file: string;
  /** What it holds; `null` where it cannot be read. */
  contents: Contents | null;
  /** Why it cannot be opened, a sentence; `null` where it can. */
  complaint: string | null;
  /** Whether it is being taken in. */
  busy: boolean;
}

/** What becomes of the file: it is taken in and restored, only taken in, or left alone. */
export type ForeignAnswer = 'open' | 'import' | 'leave';

/** What is said of something that was asked for. */
export interface Remark {
  text: string;
  failed: boolean;
}
