/**
 * The variables of a state: what each name stands for, and what is inside of one.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/variables.py`: change that, not this one.
 */

/** A name of the session, or a part of a value. */
export interface Variable {
  /** A part's name is how Python asks for it: `[0]`, `['key']`, `.attribute`. */
  name: string;
  group: 'data' | 'definition' | 'module';
  /** The type's name. */
  type: string;
  /** Where the type is from; `None` where that is Python itself or the session. */
  module: string | null;
  /** What `len` tells, or the rows of a table. */
  length: number | null;
  /** Of arrays and tables. */
  shape: number[] | null;
  /** What an array holds. */
  dtype: string | null;
  /** The memory that it takes, in bytes; `None` where nobody can tell. */
  size: number | null;
  /** Whether the size is an estimate. */
  rough: boolean;
  /** The value in a short line. */
  text: string;
  /** Other names that stand for the same object. */
  same: string[];
  /** Whether there are parts to ask for. */
  inside: boolean;
  /** What went wrong when the value was asked, a clause: `its __repr__ raised ValueError: no`. */
  trouble: string | null;
}

/** What is to be said of one name. */
export interface Explanation {
  variable: Variable;
  /** `(a, b=1)`, of what can be called. */
  signature: string | null;
  documentation: string | null;
  /** Where it is defined; of an instance where its class is. */
  file: string | null;
  /** From 1. */
  line: number | null;
  source: string | null;
  /** What went wrong when the value was asked, a clause. */
  trouble: string | null;
}

// From the supervisor to the host, or to the live state where there is no copy of it.

/**
 * Tell what names stand for. Answered by `inspected`, or by `uninspected` where a describer ends.
 *
 * The host has it done by a copy of the frozen state, which may ask the values; the live state
 * does it itself, and tells what can be told without a line of the user's code.
 */
export interface Inspect {
  kind: 'inspect';
  id: number;
  /** The state that is looked at; the live state looks at itself. */
  state: number;
  /** `source`: an explanation with its source. */
  wanted: 'parts' | 'explanation' | 'source';
  /** Whether the values may be asked; the live state asks none in any case. */
  asks: boolean;
  /**
   * Empty for all names; else a name, and which part of each, from 0, leads to what is looked into.
   *
   * Of an explanation it is a name, and the attributes that lead on.
   */
  path: (string | number)[];
  /** The first part that is wanted, from 0. */
  first: number;
  /** So many are wanted. */
  most: number;
}

/** End a describer: nobody waits for its answer any more. Only to the host. */
export interface Abandon {
  kind: 'abandon';
  id: number;
}

// From the host or the live state to the supervisor.

/** The payload is a list of `Variable` in JSON, or one with an `Explanation`. */
export interface Inspected {
  kind: 'inspected';
  id: number;
  /** How many parts there are. */
  count: number;
  /** Whether nothing more is to be told; if not, another answer follows. */
  whole: boolean;
}

/** A describer could not tell. Only from the host. */
export interface Uninspected {
  kind: 'uninspected';
  id: number;
  /** A clause. */
  reason: string;
  /** Whether the describer was ended by what it asked; it may go well without asking. */
  died: boolean;
}
