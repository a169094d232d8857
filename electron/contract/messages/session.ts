/**
 * A session as a whole: how it begins and ends, and what goes wrong on our own side.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/session.py`: change that, not this one.
 */

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
  /** Whether marks tell in the terminal's output which text is that of which stream. */
  texts: boolean;
  /** The signals that the program ignores from the beginning, as who started it did. */
  ignored: number[];
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

/** Tell what the terminal makes of Ctrl-C now; answered with `probed`. */
export interface Probe {
  kind: 'probe';
}

// From the host to the supervisor.

/** What the terminal makes of Ctrl-C. */
export interface Probed {
  kind: 'probed';
  /** Whether it is an interrupt; else the program takes it as a key. */
  interrupts: boolean;
}

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
  /** The innermost line of the program's own code in it, such as `File "model.py", line 4 in fit`. */
  line: string | null;
  /** The mark behind the last byte of output. */
  mark: number;
}

/** The host has failed in itself: it ends everything, and goes. */
export interface Broken {
  kind: 'broken';
  /** A traceback, for the log. */
  text: string;
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

// From both.

/** Our own side failed; the text is a traceback for a report. */
export interface Fault {
  kind: 'fault';
  text: string;
}
