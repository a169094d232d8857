/**
 * Runs, and what they did to the names of the session.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/runs.py`: change that, not this one.
 */

import type { Source } from './checkpoints.ts';

/** How a run failed, in the words of its traceback's last line. */
export interface Failure {
  /** The exception's class, as the traceback names it. */
  type: string;
  /** The exception's own words; empty where it has none. */
  text: string;
}

/** What a run did to the names of the session, as far as a bounded look tells. */
export interface Changes {
  added: string[];
  /** They stand for another object than before. */
  rebound: string[];
  /** They stand for the same object, and it holds something else. */
  changed: string[];
  removed: string[];
  /** Not compared: too large. */
  skipped: string[];
  /** How many further names the lists would have had. */
  more: number;
  /** What no undo takes back, in words: `wrote to report.csv`, `started a process`. */
  outside: string[];
}

// From the supervisor to the live state.

/** Execute code. */
export interface Run {
  kind: 'run';
  /** The run's number in its session, from 1. */
  id: number;
  code: string;
  /** The file that the code is from, for tracebacks; `None` for typed code. */
  file: string | null;
  /** The line of that file on which the code begins, from 1. */
  line: number;
  /**
   * `prompt`: the last expression is shown; `cell`: that too, and `SystemExit` is an exception like any
   * other; `single`: one statement as at CPython's prompt; `script`: one such statement after the other, up
   * to the first that fails; `exit`: the program ends, as behind its last line.
   */
  style: 'prompt' | 'cell' | 'single' | 'script' | 'exit';
  /** The number of the state that the run leads to, of which a copy is kept; `None` for no copy. */
  state: number | null;
  /** On which outcome a copy is kept. */
  keep: 'always' | 'success' | 'never';
  /** A checkpoint to load in the place of code; the code is then only what the run is called. */
  source: Source | null;
  /** Whether an interrupt counts that came since the code of the run before had ended: in a script. */
  continues: boolean;
}

// From the live state to the supervisor.

/** A run has begun; from now on an interrupt reaches it. */
export interface Started {
  kind: 'started';
  id: number;
}

/** A run is over, and all that it wrote stands before the mark. */
export interface Done {
  kind: 'done';
  id: number;
  outcome: 'ok' | 'raised' | 'interrupted' | 'exiting';
  failure: Failure | null;
  /** `None` where nobody looked: the program exits. */
  changes: Changes | null;
  /** How long the user's code ran. */
  seconds: number;
  /** The mark behind the run's output; 0 without a terminal. */
  mark: number;
  /** `str(sys.ps1)` after the run. */
  ps1: string;
  ps2: string;
}
