/** Takes a session to another state: when somebody asks for it, and when Python has died. */

import type { Ended, Returned } from '../../contract/messages.ts';
import { isReachable, isWhole } from '../../contract/state-tree.ts';
import { CodedError } from '../platform/errors.ts';
import { describeEnd, type End } from '../runs/ends.ts';
import type { Transaction } from '../runs/transactions.ts';
import type { State } from '../states/states.ts';
import { type Turn, unlessGivenUp } from './gate.ts';
import { type SessionState, UNKNOWN_END } from './session-state.ts';

/** Where the session went, and what could not be brought back. */
export interface Move {
  state: State;
  notes: readonly string[];
}

export class StateSwitcher {
  readonly #core: SessionState;
  /** States in which Python died with no run going on: they are not gone back to twice. */
  readonly #deadly = new Set<number>();

  constructor(core: SessionState) {
    this.#core = core;
  }

  /** A run has led to a new state. */
  forgive(): void {
    this.#deadly.clear();
  }

  /** Go to a state; rejects with words where that cannot be done, and the session is where it was. */
  move(target: () => State, within?: Turn): Promise<Move> {
    return this.#core.gate.exclusive('move', (turn) => this.#move(target, turn), within);
  }

  /** Go back to where the innermost transaction began, which is over when that has succeeded. */
  rollBack(): Promise<Move> {
    const { gate, timeline, listeners } = this.#core;
    return gate.exclusive('move', async (turn) => {
      const transaction = timeline.transactions.innermost('roll back');
      const move = await this.#move(() => timeline.states.reachable(transaction.state), turn);
      timeline.transactions.end(transaction);
      listeners.states();
      return move;
    });
  }

  /** Keep a copy of the state as it is. */
  keep(): Promise<State> {
    const { gate, timeline } = this.#core;
    return gate.exclusive('keep', (turn) => unlessGivenUp(turn, timeline.keep()));
  }

  /** Name a state; the one that the session is in is kept with that, where it rests. */
  async name(name: string | null, id: number): Promise<State> {
    const { timeline, phase, listeners } = this.#core;
    if (name !== null && (!/\S/.test(name) || /^\d+$/.test(name))) {
      throw new CodedError('BAD_NAME', 'A name has at least one letter; a number alone would be a state’s.');
    }
    if (name !== null && id === timeline.states.current.id && phase.is('idle')) {
      await this.keep();
    }
    timeline.states.name(id, name);
    listeners.states();
    return timeline.states.get(id);
  }

  /** Begin a transaction here; rejects with words where there is no coming back here. */
  begin(): Promise<Transaction> {
    const { gate, timeline, runs, listeners } = this.#core;
    const since = runs.last + 1;
    return gate.exclusive('keep', async (turn) => {
      const state = await unlessGivenUp(turn, timeline.keep());
      if (!isWhole(state)) {
        throw new CodedError('NO_COPY', `No transaction can begin here: ${state.reason}.`);
      }
      const transaction = { state: state.id, since };
      timeline.transactions.begin(transaction);
      listeners.states();
      return transaction;
    });
  }

  /** End the innermost transaction, and keep what was run in it. */
  commit(): Transaction {
    const { gate, timeline, listeners } = this.#core;
    gate.mustBeFree();
    const transaction = timeline.transactions.innermost('commit');
    timeline.transactions.end(transaction);
    listeners.states();
    return transaction;
  }

  async #move(target: () => State, turn: Turn): Promise<Move> {
    const { phase, timeline } = this.#core;
    const from = timeline.states.current.id;
    phase.depart(from);
    try {
      await unlessGivenUp(turn, timeline.copied(from));
      const { id } = target();
      const left = await unlessGivenUp(turn, timeline.keep());
      phase.depart(id);
      this.#core.refuseInquiries();
      const notes = await this.#wake(id, left);
      return { state: timeline.states.current, notes };
    } finally {
      phase.arrive();
    }
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
      throw new CodedError(
        'NO_COPY',
        `State ${id} could not be woken: ${message}. The session is ${where}.`,
        {
          cause: error,
        },
      );
    }
  }

  /** Restart by way of the first state, which keeps the others; return whether that was possible. */
  async goToStart(turn: Turn): Promise<boolean> {
    const { phase, timeline, connection, hasStates, writers } = this.#core;
    if (!connection.host.isOpen || !hasStates || !phase.hasPython) {
      return false;
    }
    const isResting = phase.is('idle') || phase.is('restoring');
    phase.depart(0);
    try {
      if (isResting) {
        await unlessGivenUp(turn, timeline.keep());
      }
      this.#core.refuseInquiries();
      if (turn.operation === 'restart') {
        // As a part of a restore it leaves those that wait for the end of that.
        this.#core.endRuns(describeEnd(UNKNOWN_END, true));
      }
      this.#core.arrive(await timeline.wake(0, true));
    } catch {
      return false; // Another process is started then.
    } finally {
      phase.arrive();
    }
    writers.leaveLive('the session has gone to another state');
    return true;
  }

  /** The live state has ended: on its own, as it was told to, or as it woke. */
  async died(ended: Pick<Ended, 'status' | 'signal' | 'stack' | 'line'>, life: number): Promise<void> {
    const { phase, timeline, runs, gate } = this.#core;
    const end = describeEnd(ended, phase.wish !== null);
    if (timeline.isPast(life)) {
      return; // Another one is in its place already, or on its way.
    }
    const wasWaking = timeline.isWaking;
    timeline.died(end.words);
    if (wasWaking || phase.is('ended')) {
      return;
    }
    this.#core.refuseInquiries();
    const isWished = phase.wish !== null && phase.wish !== 'kill';
    const hasExited = runs.current?.exiting || isWished;
    if (hasExited) {
      this.#core.end(end);
      return;
    }
    await gate.exclusive('recover', (turn) => this.#recover(end, turn)).catch(() => this.#core.end(end)); // It is being closed.
  }

  /** Go back to the state before the run that Python died in, and tell of it. */
  async #recover(end: End, turn: Turn): Promise<void> {
    const { phase, timeline, runs, writers, listeners } = this.#core;
    if (timeline.isAlive || phase.is('ended')) {
      return; // What went on meanwhile has put another one in its place.
    }
    const returned = await this.#wakeRefuge();
    if (!returned) {
      this.#core.end(end);
      return;
    }
    this.#core.arrive(returned);
    const run = runs.current?.request.id ?? null;
    listeners.death({ end, run, state: timeline.states.current, notes: returned.notes });
    // Who waits for a run, or for a checkpoint, is told when the session can be used again.
    const over = runs.end(end);
    writers.leaveLive(end.words);
    turn.leave();
    phase.settle();
    this.#core.tell(over);
    listeners.free();
  }

  /** Go back where that is not to lose all; `null` where it would be. */
  async #wakeRefuge(): Promise<Returned | null> {
    const { phase, timeline, runs, hasStates } = this.#core;
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
    phase.depart(id);
    return timeline.recover(() => timeline.refuge);
  }
}
