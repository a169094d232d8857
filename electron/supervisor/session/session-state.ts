/** What the parts of a session share. */

import type { Ready, Returned } from '../../contract/messages.ts';
import { CheckpointWriters } from '../protocol/checkpoint-writers.ts';
import type { Connection } from '../protocol/connection.ts';
import { Inquiries } from '../protocol/inquiries.ts';
import type { End } from '../runs/ends.ts';
import { RunLog } from '../runs/run-log.ts';
import { type Outcome, Runs } from '../runs/runs.ts';
import type { RetentionOptions } from '../states/retention.ts';
import type { State } from '../states/states.ts';
import { Timeline } from '../states/timeline.ts';
import { CurrentStatus, type Status } from './status.ts';

/** Python died, and the session went back to a state that it had kept. */
export interface Death {
  end: End;
  /** The run that it cost; `null` where none was going on. */
  run: number | null;
  /** The state that the session is in now. */
  state: State;
  /** What could not be brought back, a clause each. */
  notes: readonly string[];
}

/** Who is told of what happens. */
export interface Listeners {
  status: (status: Status) => void;
  outcome: (outcome: Outcome) => void;
  death: (death: Death) => void;
  states: () => void;
}

/** Nobody can say how it ended. */
export const UNKNOWN_END = { status: null, signal: null, stack: null };

export class SessionState {
  readonly runs = new Runs();
  readonly inquiries = new Inquiries((request) => this.connection.host.send(request));
  readonly writers = new CheckpointWriters(() => this.connection.host);
  readonly runLog = new RunLog();
  readonly timeline: Timeline;
  readonly status: CurrentStatus;
  readonly listeners: Listeners;
  connection!: Connection;
  /** What Python said of itself; `null` before it answered. */
  python: Ready | null = null;
  prompts = { ps1: '>>> ', ps2: '... ' };
  /** Whether a copy is kept after every run, or only when asked. */
  isKept: boolean;
  /** Whether somebody wished that Python ends: by `exit()`, close, kill, restart. */
  isEndAsked = false;
  /** Whether it was a kill, which the session survives. */
  isKilled = false;
  isClosed = false;

  constructor(isKept: boolean, keeping: RetentionOptions, listeners: Listeners) {
    this.isKept = isKept;
    this.listeners = listeners;
    this.timeline = new Timeline({
      host: () => this.connection.host,
      order: () => this.connection.barrier,
      changed: listeners.states,
      keeping,
    });
    this.status = new CurrentStatus({
      runs: this.runs,
      timeline: this.timeline,
      changed: listeners.status,
    });
  }

  /** Whether this Python can leave copies of itself at all. */
  get hasStates(): boolean {
    return this.python?.capabilities.includes('states') ?? false;
  }

  /** Another state is the live one now. */
  arrive({ ps1, ps2 }: Returned): void {
    this.prompts = { ps1, ps2 };
    this.isEndAsked = false;
  }

  /** There is no Python any more. */
  end(end: End): void {
    if (this.status.is('ended')) {
      return;
    }
    this.status.question = undefined;
    this.inquiries.refuse(new Error(end.words));
    this.leaveLiveWriter(end.words);
    this.status.now = { kind: 'ended', end };
    this.endRuns(end);
  }

  /** The live state is another one, and what the one before was writing is lost. */
  leaveLiveWriter(reason: string): void {
    this.status.isWriting = false;
    this.writers.leaveLive(reason);
  }

  endRuns(end: End): void {
    this.tell(this.runs.end(end));
  }

  /** Tell what became of runs. */
  tell(over: readonly [Outcome, () => void][]): void {
    for (const [outcome, tell] of over) {
      this.listeners.outcome(outcome);
      tell();
    }
  }

  /** Nobody will answer what the state before was asked. */
  refuseInquiries(): void {
    this.inquiries.refuse(new Error('The session has gone to another state.'));
  }
}
