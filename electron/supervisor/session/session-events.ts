/** What a session tells of as it happens. */

import type { Outcome } from '../runs/runs.ts';
import type { Status } from './phase.ts';
import type { Death } from './session-state.ts';

export interface SessionEvents {
  /** Bytes that the session printed, in order, ours cut out. */
  output: [Buffer];
  /** What Python itself printed, with the option `texts`; told after the output that it is a part of. */
  text: [{ stream: 'stdout' | 'stderr'; text: string }];
  status: [Status];
  /** A run is over, and all of its output has been emitted. */
  outcome: [Outcome];
  /** Python died and is there again; told before the outcome of the run that it cost. */
  death: [Death];
  /** The states or the transactions have changed. */
  states: [];
  /** Something on our own side failed; the session goes on where it can. */
  fault: [Error];
}
