/** What the window's timeline shows of a session's states. */

/** Names that one kind of change befell. */
export interface Names {
  /** How many there are. */
  count: number;
  /** The first of them. */
  some: string[];
}

/** What a run did to the names of the session. */
export interface NameChanges {
  added: Names;
  /** They stand for another object than before. */
  rebound: Names;
  /** They stand for the same object, and it holds something else. */
  changed: Names;
  removed: Names;
  /** Too large to be compared. */
  skipped: Names;
}

/** One state, and the run that led to it. */
export interface StateRow {
  id: number;
  /** The state that the run began in; `null` for the start. */
  parent: number | null;
  /** The run that led here; `null` for the start. */
  run: number | null;
  /** The first line of its code, cut where it is long. */
  code: string;
  outcome: 'ok' | 'raised' | 'interrupted' | 'exiting' | null;
  /** How long the run took. */
  seconds: number | null;
  /** `null` where nobody looked. */
  changes: NameChanges | null;
  /** What no undo takes back, in words: `wrote to report.csv`. */
  outside: string[];
  /** The name that the user gave it. */
  name: string | null;
  /** `frozen` and `fresh` can be gone to, `noted` in part (names and plain values), `pending` is being copied, `none` has no copy, `gone` had one. */
  copy: 'fresh' | 'frozen' | 'noted' | 'pending' | 'none' | 'gone';
  /** Why there is no copy, in a clause. */
  reason: string | null;
}

/** Where the session stands among its states. */
export interface TreePosition {
  /** The state that the session is in. */
  current: number;
  /** Where undoing and redoing a run leads; `null` where there is none to undo or redo. */
  undo: number | null;
  redo: number | null;
  /** The transactions that are open, the outermost first: the state they began in, and their first run. */
  transactions: { state: number; since: number }[];
  /** What the kept states hold beside the live one, in bytes; `null` where nobody can tell. */
  held: number | null;
  /** Whether this Python can keep copies of its states. */
  able: boolean;
}

/** Before anything is known. */
export const NO_POSITION: TreePosition = {
  current: 0,
  undo: null,
  redo: null,
  transactions: [],
  held: null,
  able: true,
};

/** News of the states: those that are new or have changed since the news before. */
export interface StatesNews extends TreePosition {
  rows: StateRow[];
  /** Whether these are all, and no earlier one is left. */
  whole: boolean;
}
