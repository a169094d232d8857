/**
 * Questions of the program's, which waits in `input()`, and keys that nobody read.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/questions.py`: change that, not this one.
 */

// From the live state to the supervisor.

/** The program waits in `input()`; its prompt stands before the mark. */
export interface Ask {
  kind: 'ask';
  question: number;
  prompt: string;
  /** Whether the answer must not be shown. */
  hidden: boolean;
  mark: number;
}

/** Nobody waits for this answer any more. */
export interface Withdraw {
  kind: 'withdraw';
  question: number;
}

// From the supervisor to the live state; the answer on a channel of its own.

/** Answer a question, on the channel for answers. */
export interface Answer {
  kind: 'answer';
  question: number;
  /** The line without its end; `None` is end of file. */
  text: string | null;
}

/** Ask for the keys that a run was given and did not read. */
export interface Reclaim {
  kind: 'reclaim';
  id: number;
}

// From the live state to the supervisor.

/** The payload is what was typed and not read. */
export interface Reclaimed {
  kind: 'reclaimed';
  id: number;
}
