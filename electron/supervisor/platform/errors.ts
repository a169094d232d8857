/** The codes of the errors that a session and the store reject with, for programs; their sentences are for people. */

/** One line for each; docs/api.md has the same table. */
export const CODES = {
  /** Something goes on that this must not overlap; it can be asked for again when that is over. */
  BUSY: 'something else is going on',
  /** There is no Python any more: it has ended, or the session is closed. */
  ENDED: 'Python has ended',
  /** Python could not be started. */
  NOT_STARTED: 'Python did not start',
  /** It was stopped, or given up for a restart. */
  CANCELLED: 'it was cancelled',
  /** There is no state of this number or name, or no run to undo or redo. */
  NO_SUCH_STATE: 'there is no such state',
  /** There is no copy of the state, or it could not be woken. */
  NO_COPY: 'the state cannot be gone to',
  /** What names stand for could not be told. */
  UNTOLD: 'the variables could not be told',
  /** A transaction was to be ended, and none is open. */
  NO_TRANSACTION: 'no transaction is open',
  /** The name is taken, or is none that a state or a checkpoint can have. */
  BAD_NAME: 'the name cannot be used',
  /** There is no checkpoint, saved session or name in a checkpoint that is called so. */
  NOT_FOUND: 'there is no such checkpoint',
  /** Several checkpoints are meant by these words. */
  AMBIGUOUS: 'several checkpoints are meant',
  /** The session was opened without a place for checkpoints. */
  NO_STORE: 'there is no place for checkpoints',
  /** Nothing was saved; what was there before is as it was. */
  NOT_SAVED: 'nothing was saved',
  /** Nothing was saved, because of what the session holds: it would come to the same again. */
  UNSAVABLE: 'what the session holds cannot be saved',
  /** Nothing was restored; the session is where the sentence says. */
  NOT_RESTORED: 'nothing was restored',
  /** A file or a checkpoint is damaged, foreign, or of another version. */
  UNUSABLE: 'the checkpoint cannot be used',
  /** The checkpoint was made elsewhere, and nobody has said that it is trusted. */
  UNTRUSTED: 'the checkpoint is not trusted',
  /** The saved sessions cannot be read, written or changed; `cause` is the system's error. */
  STORE: 'the saved sessions cannot be reached',
} as const;

export type Code = keyof typeof CODES;

export class CodedError extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
