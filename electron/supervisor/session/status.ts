/** How a session stands: what it does now, and whether it can be asked for something else. */

import type { Question } from '../protocol/connection.ts';
import type { End } from '../runs/ends.ts';
import type { Runs } from '../runs/runs.ts';
import { NOT_KEPT } from '../states/states.ts';
import type { Timeline } from '../states/timeline.ts';

export type Status =
  | { kind: 'starting' }
  | { kind: 'idle' }
  /** `obstacle`: why the run cannot be undone, in a clause; `null` where it can. */
  | { kind: 'running'; run: number; obstacle: string | null }
  | { kind: 'asking'; run: number | null; question: Question }
  /** The live state writes a checkpoint in place, as no copy of it can be made; runs wait. */
  | { kind: 'saving' }
  /** Going to another state. */
  | { kind: 'moving'; state: number }
  | { kind: 'ended'; end: End };

interface Parts {
  runs: Runs;
  timeline: Timeline;
  changed: (status: Status) => void;
}

export class CurrentStatus {
  /** What the program asks, while it does. */
  question: Question | undefined;
  #isWriting = false;
  readonly #parts: Parts;
  #status: Status = { kind: 'starting' };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get now(): Status {
    return this.#status;
  }

  set now(status: Status) {
    this.#status = status;
    this.#parts.changed(status);
  }

  /** Whether the live state writes a checkpoint. */
  get isWriting(): boolean {
    return this.#isWriting;
  }

  set isWriting(isWriting: boolean) {
    this.#isWriting = isWriting;
    // On the way to another state, and at the end, that is what counts.
    if (this.is(isWriting ? 'idle' : 'saving')) {
      this.settle();
    }
  }

  is(kind: Status['kind']): boolean {
    return this.#status.kind === kind;
  }

  /** Bring the status in line with what is going on; on the way to another state that waits. */
  settle(): void {
    const { runs, timeline } = this.#parts;
    if (timeline.isWaking) {
      return;
    }
    if (this.question) {
      const run = runs.current?.request.id ?? null;
      this.now = { kind: 'asking', run, question: this.question };
    } else if (runs.current) {
      const { obstacle } = timeline.states;
      const said = obstacle === NOT_KEPT ? null : obstacle;
      this.now = { kind: 'running', run: runs.current.request.id, obstacle: said };
    } else if (this.#isWriting) {
      this.now = { kind: 'saving' };
    } else {
      this.now = { kind: 'idle' };
    }
  }

  /** Throw an Error with words unless the session can go to another state. */
  mustRest(): void {
    switch (this.#status.kind) {
      case 'idle':
        return;
      case 'running':
        throw new Error('A run is going on; stop it first.');
      case 'asking':
        throw new Error('The program asks something; answer it first.');
      case 'saving':
        throw new Error('The session is being saved; wait for it, or stop it.');
      case 'moving':
        throw new Error('The session is on its way to another state.');
      default:
        throw new Error('There is no Python; start it again first.');
    }
  }
}
