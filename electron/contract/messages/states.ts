/**
 * Copies of the live state: made, woken, let go.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/states.py`: change that, not this one.
 */

// From the supervisor to the host.

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

// From the host to the supervisor.

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

// From the supervisor to the live state.

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

// From the live state to the supervisor.

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
