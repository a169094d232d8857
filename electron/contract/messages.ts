/**
 * The messages between the supervisor and Python.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages.py`: change that file, not this one.
 */

/** Raised by one with every change; both ends compare it at `ready`. */
export const CONTRACT_VERSION = 3;

/** The largest frame that either end accepts, in bytes. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024;

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

/** A piece of a stream; `docs/checkpoint-format.md` has the whole. */
export interface Piece {
  hash: string;
  size: number;
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

// From the supervisor to the host.

/** Open the terminal and fork the first live state. Sent once, first. */
export interface Start {
  kind: 'start';
  /** The secret that the output marks carry. */
  token: string;
  /** The terminal's width, in cells. */
  columns: number;
  /** The terminal's height, in cells. */
  rows: number;
  /** Whether the session owns a pty; in batch mode it has the caller's descriptors. */
  terminal: boolean;
}

/**
 * Send a signal to the live state's process group.
 *
 * SIGKILL goes to the live state and to what its last run started: older children of it live on.
 */
export interface Signal {
  kind: 'signal';
  name: 'SIGINT' | 'SIGTERM' | 'SIGKILL';
}

/** Give the terminal another size. */
export interface Resize {
  kind: 'resize';
  columns: number;
  rows: number;
}

/**
 * Put a frozen state in the place of the live one, which is killed where it still lives.
 *
 * The host then says `vacant`, and the supervisor writes the barrier to the channels for requests and
 * for answers: what is read up to it was for the one before. The host writes it to what comes back,
 * for the same reason.
 */
export interface Wake {
  kind: 'wake';
  /** 0 is the fresh start, which is never frozen: the host forks it anew. */
  state: number;
  barrier: string;
  /** The last mark that has passed; the woken state counts on from it. */
  mark: number;
  /** Whether all processes that the session started are to end first. */
  alone: boolean;
}

/** Tell what could not be written to if a frozen state were woken now; answered with `foreseen`. */
export interface Foresee {
  kind: 'foresee';
  state: number;
}

/** Let go of frozen states. */
export interface Drop {
  kind: 'drop';
  states: number[];
}

/** End a writer; what it has written is thrown away. */
export interface Cancel {
  kind: 'cancel';
  id: number;
}

// From the host to the supervisor.

/** A live state exists. */
export interface Born {
  kind: 'born';
  /** The live state's process, also its process group. */
  pid: number;
  /** The host's process, also the terminal's session. */
  host: number;
}

/** The live state is gone, reaped, and its terminal closed behind it. */
export interface Ended {
  kind: 'ended';
  /** The exit status, where it exited. */
  status: number | null;
  /** The signal's name (`SIGSEGV`), where one ended it. */
  signal: string | null;
  /** What the fault handler wrote, where it did. */
  stack: string | null;
  /** The mark behind the last byte of output. */
  mark: number;
}

/** There is no live state; the one that wakes takes what stands behind the barrier. */
export interface Vacant {
  kind: 'vacant';
}

/** A frozen state is gone, and nobody asked for that. */
export interface Lost {
  kind: 'lost';
  state: number;
  reason: string;
}

/** A state could not be woken; it sleeps on, unless `lost` is said of it too. */
export interface Unwoken {
  kind: 'unwoken';
  state: number;
  reason: string;
}

/** What has changed since a state was frozen that has it open, and so could only be read there. */
export interface Foreseen {
  kind: 'foreseen';
  state: number;
  /** Paths, as seen from the live state's folder where they lie in it; none where the state cannot tell. */
  files: string[];
}

// From the supervisor to the host, or to the live state where no copy of it can be made.

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
  /** `prompt`: the last expression is shown; `single`: as at CPython's prompt. */
  style: 'prompt' | 'single';
  /** The number of the state that the run leads to, of which a copy is kept; `None` for no copy. */
  state: number | null;
  /** On which outcome a copy is kept. */
  keep: 'always' | 'success' | 'never';
  /** A checkpoint to load in the place of code; the code is then only what the run is called. */
  source: Source | null;
}

/** Keep a copy of the state as it is now. Answered by `frozen` or `refused`. */
export interface Freeze {
  kind: 'freeze';
  state: number;
}

/** Put the names and values of a state back into the live one. Answered by `returned`. */
export interface Restore {
  kind: 'restore';
  state: number;
}

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

/** Ask for the keys that a run was given and did not read. */
export interface Reclaim {
  kind: 'reclaim';
  id: number;
}

/** Answer a question, on the channel for answers. */
export interface Answer {
  kind: 'answer';
  question: number;
  /** The line without its end; `None` is end of file. */
  text: string | null;
}

// From the live state to the supervisor.

/** The live state takes requests. */
export interface Ready {
  kind: 'ready';
  /** The contract's version. */
  version: number;
  /** The language's version, such as `3.11.7`. */
  python: string;
  /** `CPython`, `PyPy`, as `sys.implementation` spells it. */
  implementation: string;
  executable: string;
  /** `sys.prefix`: of the virtual environment, where there is one. */
  prefix: string;
  /** What this session can do here: `terminal`, `await`, `states`; `native` with the native part. */
  capabilities: string[];
  ps1: string;
  ps2: string;
}

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

/**
 * There is a copy of the live state, which sleeps under this number.
 *
 * The host says it in place of a live state that was killed before it could.
 */
export interface Frozen {
  kind: 'frozen';
  state: number;
  pid: number;
  /** How long the live state stood still for it. */
  seconds: number;
  /** How many threads of the program's own were copied with it. */
  threads: number;
  /** Whether something of the program's goes on between runs, and changes what the copy has as it was. */
  moving: boolean;
}

/** No copy could be made, and nothing has changed. */
export interface Refused {
  kind: 'refused';
  state: number;
  /** A clause for a person: `io_uring is in use`. */
  reason: string;
}

/** No copy could be made; the live state has noted its names and plain values under this number. */
export interface Noted {
  kind: 'noted';
  state: number;
  /** Why there is no copy, a clause. */
  reason: string;
}

/** A frozen state is awake, whole and the live one; or names and values have been put back. */
export interface Returned {
  kind: 'returned';
  state: number;
  pid: number;
  /** What could not be brought back, a clause each. */
  notes: string[];
  mark: number;
  ps1: string;
  ps2: string;
}

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

/** The payload is what was typed and not read. */
export interface Reclaimed {
  kind: 'reclaimed';
  id: number;
}

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

/** Our own side failed; the text is a traceback for a report. */
export interface Fault {
  kind: 'fault';
  text: string;
}

export type HostRequest = Start | Signal | Resize | Wake | Foresee | Drop | Save | Cancel;

export type HostReport =
  | Born
  | Ended
  | Vacant
  | Frozen
  | Lost
  | Unwoken
  | Foreseen
  | Saving
  | Saved
  | Unsaved
  | Fault;

export type Request = Run | Freeze | Restore | Save | Complete | Describe | Check | Split | Reclaim;

export type Report =
  | Ready
  | Started
  | Done
  | Frozen
  | Refused
  | Noted
  | Returned
  | Ask
  | Withdraw
  | Completed
  | Described
  | Checked
  | Chunks
  | Reclaimed
  | Saving
  | Saved
  | Unsaved
  | Loading
  | Loaded
  | Fault;
