/**
 * What a session is doing: the one state machine, which everyone else who tells of it derives from.
 *
 *     starting ─ ready ─► idle ─► running ◄─► asking        ended ─ start ─► starting
 *                          │ ▲────────┘                       ▲
 *                          ├─► moving, restoring, saving ─► idle
 *                          └─ from each of them, when there is no Python any more ─┘
 *
 * Three facts decide: whether there is Python (`start`, `ready`, `end`), what has the gate, and what runs or asks.
 */

import { CodedError } from '../platform/errors.ts';
import type { Question } from '../protocol/connection.ts';
import type { End } from '../runs/ends.ts';
import type { Runs } from '../runs/runs.ts';
import { NOT_KEPT } from '../states/states.ts';
import type { Timeline } from '../states/timeline.ts';
import type { Gate, Operation } from './gate.ts';

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
  /** Between the steps of a restore or a rebuild, which move and run; other runs wait. */
  | { kind: 'restoring' }
  | { kind: 'ended'; end: End };

/** Why Python is to end, where somebody wishes that; after a kill the session goes on. */
export type Wish = 'exit' | 'kill' | 'restart' | 'close';

interface Parts {
  runs: Runs;
  timeline: Timeline;
  gate: Gate;
  /** Whether the live state writes a checkpoint. */
  isWriting: () => boolean;
  changed: (status: Status) => void;
}

type Life = 'starting' | 'there' | End;

export class SessionPhase {
  readonly #parts: Parts;
  #life: Life = 'starting';
  #wish: Wish | null = null;
  /** The state that the session is on its way to. */
  #destination: number | null = null;
  /** What the program asks, while it does. */
  #question: Question | undefined;
  #status: Status = { kind: 'starting' };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get now(): Status {
    return this.#status;
  }

  is(kind: Status['kind']): boolean {
    return this.#status.kind === kind;
  }

  get question(): Question | undefined {
    return this.#question;
  }

  /** Why Python is to end. */
  get wish(): Wish | null {
    return this.#wish;
  }

  /** Whether the session is closed for good. */
  get isClosed(): boolean {
    return this.#wish === 'close';
  }

  /** Whether its Python may be spoken to: it has answered, and has not ended. */
  get hasPython(): boolean {
    return this.#life === 'there';
  }

  /** Another Python is being started. */
  start(): void {
    this.#life = 'starting';
    this.#destination = null;
    this.#question = undefined;
    this.forgetWish();
    this.settle();
  }

  /** Python has answered. */
  ready(): void {
    this.#life = 'there';
    this.settle();
  }

  /** There is no Python any more. */
  end(end: End): void {
    this.#life = end;
    this.#destination = null;
    this.#question = undefined;
    this.settle();
  }

  /** The session sets out for another state, where no question of this one is answered. */
  depart(state: number): void {
    this.#destination = state;
    this.#question = undefined;
    this.settle();
  }

  /** It is in another state, or has stayed where it was; who sets out tells of that by `settle`. */
  arrive(): void {
    this.#destination = null;
    if (this.#wish === 'kill' || this.#wish === 'exit') {
      this.#wish = null;
    }
  }

  /** The program asks, or no longer. */
  ask(question: Question | undefined): void {
    this.#question = question;
    this.settle();
  }

  /** Somebody wishes that Python ends; what is closed stays so. */
  expectEnd(wish: Wish): void {
    if (this.#wish !== 'close' && (wish !== 'kill' || this.#wish !== 'restart')) {
      this.#wish = wish;
    }
  }

  forgetWish(): void {
    if (this.#wish !== 'close') {
      this.#wish = null;
    }
  }

  /** Tell of what the facts say now, where it is something else than before. */
  settle(): void {
    const status = this.#read();
    if (JSON.stringify(status) !== JSON.stringify(this.#status)) {
      this.#tell(status);
    }
  }

  /** More is known of the run that goes on, and of what it can be undone to. */
  retell(): void {
    if (this.is('running')) {
      this.#tell(this.#read());
    }
  }

  /** Throw an Error with words unless the session rests; some operations do not ask for that. */
  mustRest(operation?: Operation): void {
    if (operation === 'restart' || operation === 'drop' || operation === 'recover') {
      return;
    }
    switch (this.#status.kind) {
      case 'idle':
        return;
      case 'running':
        throw new CodedError('BUSY', 'A run is going on; stop it first.');
      case 'asking':
        throw new CodedError('BUSY', 'The program asks something; answer it first.');
      case 'saving':
        throw new CodedError('BUSY', 'The session is being saved; wait for it, or stop it.');
      case 'moving':
        throw new CodedError('BUSY', 'The session is on its way to another state.');
      case 'restoring':
        throw new CodedError('BUSY', 'A checkpoint is being restored; wait for it, or stop it.');
      case 'starting':
        throw new CodedError('BUSY', 'Python is being started; wait for it.');
      case 'ended':
        throw new CodedError('ENDED', 'There is no Python; start it again first.');
    }
  }

  #tell(status: Status): void {
    this.#status = status;
    this.#parts.changed(status);
  }

  #read(): Status {
    const { runs, timeline, gate, isWriting } = this.#parts;
    if (typeof this.#life === 'object') {
      return { kind: 'ended', end: this.#life };
    }
    if (this.#destination !== null) {
      return { kind: 'moving', state: this.#destination };
    }
    if (this.#life === 'starting') {
      return { kind: 'starting' };
    }
    if (this.#question) {
      return { kind: 'asking', run: runs.current?.request.id ?? null, question: this.#question };
    }
    if (runs.current) {
      const { obstacle } = timeline.states;
      return {
        kind: 'running',
        run: runs.current.request.id,
        obstacle: obstacle === NOT_KEPT ? null : obstacle,
      };
    }
    if (isWriting()) {
      return { kind: 'saving' };
    }
    return { kind: gate.holds('restore', 'rebuild') ? 'restoring' : 'idle' };
  }
}
