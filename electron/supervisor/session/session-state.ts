/** What the parts of a session share. */

import type { Ready, Returned } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import { CheckpointWriters } from '../protocol/checkpoint-writers.ts';
import type { Connection } from '../protocol/connection.ts';
import { Describers } from '../protocol/describers.ts';
import { Inquiries } from '../protocol/inquiries.ts';
import type { End } from '../runs/ends.ts';
import { RunLog } from '../runs/run-log.ts';
import { type Outcome, Runs } from '../runs/runs.ts';
import type { RetentionOptions } from '../states/retention.ts';
import type { State } from '../states/states.ts';
import { Timeline } from '../states/timeline.ts';
import { Gate } from './gate.ts';
import { SessionPhase, type Status } from './phase.ts';

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
  /** A run that waits may be able to begin. */
  free: () => void;
}

/** Nobody can say how it ended. */
export const UNKNOWN_END = { status: null, signal: null, stack: null, line: null };

export class SessionState {
  readonly runs = new Runs();
  readonly inquiries = new Inquiries((request) => this.connection.host.send(request));
  readonly writers = new CheckpointWriters(() => this.connection.host);
  readonly describers = new Describers(() => this.connection.host);
  readonly runLog: RunLog;
  readonly timeline: Timeline;
  readonly gate: Gate;
  readonly phase: SessionPhase;
  readonly listeners: Listeners;
  connection!: Connection;
  /** What Python said of itself; `null` before it answered. */
  python: Ready | null = null;
  prompts = { ps1: '>>> ', ps2: '... ' };
  /** Whether a copy is kept after every run, or only when asked. */
  keepsEveryRun: boolean;

  constructor(keepsEveryRun: boolean, retention: RetentionOptions, listeners: Listeners) {
    this.keepsEveryRun = keepsEveryRun;
    this.listeners = listeners;
    this.runLog = new RunLog(retention.runs);
    this.timeline = new Timeline({
      host: () => this.connection.host,
      order: () => this.connection.barrier,
      changed: listeners.states,
      keeping: retention,
    });
    this.gate = new Gate({
      check: (operation) => this.phase.mustRest(operation),
      changed: () => {
        this.phase.settle();
        listeners.free();
      },
    });
    this.phase = new SessionPhase({
      runs: this.runs,
      timeline: this.timeline,
      gate: this.gate,
      isWriting: () => this.writers.isLiveWriting,
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
    this.phase.arrive();
  }

  /** There is no Python any more. */
  end(end: End): void {
    if (this.phase.is('ended')) {
      return;
    }
    const error = new CodedError('ENDED', end.words);
    this.inquiries.refuse(error);
    this.describers.refuse(error);
    this.writers.leaveLive(end.words);
    this.phase.end(end);
    this.endRuns(end);
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
    this.inquiries.refuse(new CodedError('CANCELLED', 'The session has gone to another state.'));
  }
}
