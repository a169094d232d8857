/** Takes a session to another state: when somebody asks for it, and when Python has died. */

import type { Ended, Returned } from '../../contract/messages.ts';
import { describeEnd } from '../runs/ends.ts';
import { isReachable, type State } from '../states/states.ts';
import { type SessionState, UNKNOWN_END } from './session-state.ts';

/** Where the session went, and what could not be brought back. */
export interface Move {
  state: State;
  notes: readonly string[];
}

export class StateSwitcher {
  readonly #core: SessionState;
  readonly #next: () => void;
  /** States in which Python died with no run going on: they are not gone back to twice. */
  readonly #deadly = new Set<number>();

  /** `next` begins with a run that waited meanwhile. */
  constructor(core: SessionState, next: () => void) {
    this.#core = core;
    this.#next = next;
  }

  /** A run has led to a new state. */
  forgive(): void {
    this.#deadly.clear();
  }

  /** Go to a state; rejects with words where that cannot be done, and the session is where it was. */
  async move(target: () => State): Promise<Move> {
    const { status, timeline } = this.#core;
    status.mustRest();
    const from = timeline.states.current.id;
    status.now = { kind: 'moving', state: from };
    let notes: readonly string[];
    try {
      await timeline.copied(from);
      const { id } = target();
      const left = await timeline.keep();
      status.now = { kind: 'moving', state: id };
      this.#core.refuseInquiries();
      notes = await this.#wake(id, left);
    } finally {
      // A death on the way has set another status.
      if (status.is('moving')) {
        status.settle();
        this.#next();
      }
    }
    return { state: timeline.states.current, notes };
  }

  /** Wake the state; where it cannot be, go back to where the session was, and say so. */
  async #wake(id: number, left: State): Promise<readonly string[]> {
    const { timeline } = this.#core;
    try {
      const returned = await timeline.wake(id);
      this.#core.arrive(returned);
      const { copy, reason } = timeline.states.get(left.id);
      const gone = isReachable({ copy }) ? [] : [`state ${left.id} cannot be gone back to: ${reason}`];
      return [...returned.notes, ...gone];
    } catch (error) {
      const back = await timeline.recover(() => timeline.states.nearest(left.id));
      if (!back) {
        this.#core.end(describeEnd(UNKNOWN_END, false));
        throw error;
      }
      this.#core.arrive(back);
      const { message } = error as Error;
      const where = back.state === left.id ? 'where it was' : `in state ${back.state}`;
      throw new Error(`State ${id} could not be woken: ${message}. The session is ${where}.`, {
        cause: error,
      });
    }
  }

  /** Restart by way of the first state, which keeps the others; return whether that was possible. */
  async goToStart(): Promise<boolean> {
    const { status, timeline, connection, hasStates } = this.#core;
    if (!connection.host.isOpen || !hasStates || status.is('starting')) {
      return false;
    }
    if (status.is('idle')) {
      await timeline.keep();
    }
    status.now = { kind: 'moving', state: 0 };
    status.question = undefined;
    this.#core.refuseInquiries();
    this.#core.endRuns(describeEnd(UNKNOWN_END, true));
    try {
      this.#core.arrive(await timeline.wake(0, true));
    } catch {
      return false; // Another process will do.
    }
    this.#core.leaveLiveWriter('the session has gone to another state');
    status.settle();
    this.#next();
    return true;
  }

  /** The live state has ended: on its own, as it was told to, or as it woke. */
  async died(ended: Pick<Ended, 'status' | 'signal' | 'stack'>): Promise<void> {
    const { status, timeline, runs } = this.#core;
    const end = describeEnd(ended, this.#core.isEndAsked);
    const wasWaking = timeline.isWaking;
    timeline.died(end.words);
    if (wasWaking || status.is('ended')) {
      return;
    }
    status.question = undefined;
    this.#core.refuseInquiries();
    const hasExited = runs.current?.exiting || (this.#core.isEndAsked && !this.#core.isKilled);
    this.#core.isKilled = false;
    const returned = hasExited || this.#core.isClosed ? null : await this.#recover();
    if (!returned) {
      this.#core.end(end);
      return;
    }
    this.#core.arrive(returned);
    const run = runs.current?.request.id ?? null;
    this.#core.listeners.death({ end, run, state: timeline.states.current, notes: returned.notes });
    // Who waits for a run, or for a checkpoint, is told when the session can be used again.
    const over = runs.end(end);
    this.#core.leaveLiveWriter(end.words);
    status.settle();
    this.#core.tell(over);
  }

  /** Go back to the state before the run that Python died in, where that is not to lose all. */
  async #recover(): Promise<Returned | null> {
    const { status, timeline, runs, hasStates } = this.#core;
    const { id } = timeline.states.current;
    if (!hasStates) {
      return null;
    }
    if (!runs.current) {
      if (this.#deadly.has(id)) {
        return null;
      }
      this.#deadly.add(id);
    }
    status.now = { kind: 'moving', state: id };
    return timeline.recover(() => timeline.refuge);
  }
}
