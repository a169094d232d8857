/**
 * What is asked about code between runs: completions, signatures, its shape.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/inquiries.py`: change that, not this one.
 */

/** One completion. */
export interface Match {
  /** What replaces the text from `start` to the cursor. */
  text: string;
  /** What the match stands for. */
  type: 'name' | 'keyword' | 'module' | 'function' | 'class' | 'attribute' | 'key' | 'path';
}

/** A piece of a script that runs as a whole. */
export interface Chunk {
  /** Its first line, from 1: of its decorators, where it has any. */
  start: number;
  /** Its last line, included. */
  end: number;
  /** A command begins with `%`; a broken chunk ends where its syntax error does. */
  type: 'statement' | 'command' | 'broken';
}

// From the supervisor to the live state.

/** Ask what can stand at the cursor. */
export interface Complete {
  kind: 'complete';
  id: number;
  code: string;
  cursor: number;
}

/** Ask for the signature of the call around the cursor. */
export interface Describe {
  kind: 'describe';
  id: number;
  code: string;
  cursor: number;
}

/** Ask whether code is ready to run. */
export interface Check {
  kind: 'check';
  id: number;
  code: string;
}

/** Ask for a script's statements and commands. */
export interface Split {
  kind: 'split';
  id: number;
  code: string;
}

// From the live state to the supervisor.

/** What can stand at the cursor. */
export interface Completed {
  kind: 'completed';
  id: number;
  /** Where the text that a match replaces begins. */
  start: number;
  matches: Match[];
}

/** The signature of the call around the cursor. */
export interface Described {
  kind: 'described';
  id: number;
  /** `name(a, b=1)`; `None` where there is nothing to say. */
  signature: string | null;
  /** The index of the parameter that the cursor is in. */
  parameter: number | null;
  /** The first line of the documentation. */
  summary: string | null;
}

/** Whether code is ready to run. */
export interface Checked {
  kind: 'checked';
  id: number;
  verdict: 'complete' | 'incomplete' | 'invalid';
  /** The white space with which a next line should begin. */
  indent: string;
}

/** A script's statements and commands, in order. */
export interface Chunks {
  kind: 'chunks';
  id: number;
  chunks: Chunk[];
}
