/** Goes between a session's states: has them kept, wakes them, and finds the next best where one cannot be woken. */

import type { Foreseen, Frozen, Noted, Refused, Returned, Unwoken } from '../../contract/messages.ts';
import type { HostProcess } from '../protocol/host-process.ts';
import type { OutputBarrier } from '../protocol/output-barrier.ts';
import { type Transaction, Transactions } from '../runs/transactions.ts';
import { Retention, type RetentionOptions } from './retention.ts';
import { type Arrival, isWhole, type State, States } from './states.ts';

interface Parts {
  host: () => HostProcess;
  order: () => OutputBarrier;
  /** Something that can be seen of the states has changed. */
  changed: () => void;
  keeping: RetentionOptions;
}

interface Waking {
  state: number;
  resolve: (returned: Returned) => void;
  reject: (error: Error) => void;
}

export class Timeline {
  readonly transactions = new Transactions();
  readonly #parts: Parts;
  readonly #retention: Retention;
  /** Who waits until it is known whether a state has a copy. */
  readonly #copying = new Map<number, (() => void)[]>();
  /** States in which something goes on between runs: their copies stay as they were. */
  readonly #moving = new Set<number>();
  /** States that are being saved. */
  readonly #pinned: number[] = [];
  /** Who waits for a sleeping state to tell what has changed. */
  readonly #foreseeing: ((files: readonly string[]) => void)[] = [];
  #states = new States();
  #waking: Waking | undefined;
  #live: number | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#retention = new Retention(
      {
        states: () => this.#states,
        live: () => this.#live,
        needed: () => this.#needed(),
        measured: () => parts.changed(),
        drop: (states, reason) => this.#drop(states, reason),
      },
      parts.keeping,
    );
  }

  get states(): States {
    return this.#states;
  }

  /** What the frozen states hold that the live one does not, in bytes, when it was last measured. */
  get held(): number | null {
    return this.#retention.held;
  }

  /** The live state's process; `null` while there is none. */
  get live(): number | null {
    return this.#live;
  }

  get isWaking(): boolean {
    return this.#waking !== undefined;
  }

  /** Another Python has been started: nothing of the one before can be gone to. */
  restart(): void {
    this.#states = new States();
    this.#moving.clear();
    this.transactions.keepOnly(new Set());
    this.#settleAll();
    this.#parts.changed();
  }

  born(pid: number): void {
    this.#live = pid;
  }

  close(): void {
    this.#retention.close();
    this.#waking?.reject(new Error('Python has ended.'));
    this.#settleAll();
  }

  /** A run has led to a new state. */
  arrive(arrival: Arrival): void {
    this.#states.arrive(arrival);
    this.#parts.changed();
  }

  frozen(report: Frozen): void {
    if (!this.#states.has(report.state)) {
      // The run that led to it was lost.
      this.#parts.host().drop([report.state]);
      return;
    }
    this.#states.frozen(report);
    if (report.moving) {
      this.#moving.add(report.state);
    } else {
      this.#moving.delete(report.state);
    }
    this.#settle(report.state);
    this.#retention.check();
    this.#parts.changed();
  }

  noted(report: Noted): void {
    this.#states.noted(report);
    this.#settle(report.state);
    this.#parts.changed();
  }

  refused(report: Refused): void {
    this.#states.refused(report);
    this.#settle(report.state);
    this.#parts.changed();
  }

  lost(state: number, reason: string): void {
    this.#states.lost({ state, reason });
    this.#settle(state);
    this.#parts.changed();
  }

  returned(report: Returned): void {
    this.#live = report.pid;
    this.#waking?.resolve(report);
  }

  unwoken({ state, reason }: Unwoken): void {
    if (this.#waking?.state === state) {
      this.#waking.reject(new Error(reason));
    }
  }

  /** Ask a sleeping state which files it has open and could not write to any more. */
  foresee({ id, copy }: State): Promise<readonly string[]> {
    const { host } = this.#parts;
    if (copy !== 'frozen' || !host().isOpen) {
      return Promise.resolve([]);
    }
    return new Promise((resolve) => {
      this.#foreseeing.push(resolve);
      host().foresee(id);
    });
  }

  /** Answers come in the order of the questions. */
  foreseen({ files }: Foreseen): void {
    this.#foreseeing.shift()?.(files);
  }

  /** The host is gone, and all that slept with it. */
  gone(): void {
    for (const resolve of this.#foreseeing.splice(0)) {
      resolve([]);
    }
    for (const { id } of this.#states.asleep) {
      this.#states.lost({ state: id, reason: 'Python’s host has ended' });
    }
    this.died('its host has ended');
  }

  /** Python has died: as it woke, or as the live state. */
  died(words: string): void {
    this.#live = null;
    this.#states.forgetNotes();
    this.#waking?.reject(new Error(words));
    this.#giveUpPending();
    this.#parts.changed();
  }

  /** What the live state before was still copying is not to be had. */
  #giveUpPending(): void {
    this.#states.died();
    this.#settleAll();
  }

  /** Resolve when it is known whether the state has a copy. */
  async copied(id: number): Promise<void> {
    while (this.#states.has(id) && this.#states.get(id).copy === 'pending') {
      await this.#copySettles(id);
    }
  }

  /** Have a copy made of the state that the session is in, where there is none; resolves when that is settled. */
  async keep(): Promise<State> {
    const { id } = this.#states.current;
    await this.copied(id);
    const { copy } = this.#states.get(id);
    if (copy === 'none' || copy === 'gone') {
      const settled = this.#copySettles(id);
      this.#parts.host().freeze(id);
      await settled;
    }
    return this.#states.get(id);
  }

  /** Have a copy of the state that the session is in as it is now: another one, where something goes on in it. */
  keepAsIs(): Promise<State> {
    const { id, copy } = this.#states.current;
    return copy === 'frozen' && this.#moving.has(id) ? this.renew() : this.keep();
  }

  /** Have another copy made of the state that the session is in; resolves when that is settled. */
  async renew(): Promise<State> {
    const { id } = this.#states.current;
    const settled = this.#copySettles(id);
    this.#parts.host().freeze(id);
    await settled;
    return this.#states.get(id);
  }

  /** Let nobody drop a state that is about to be saved. */
  pin(id: number): void {
    this.#pinned.push(id);
  }

  unpin(id: number): void {
    this.#pinned.splice(this.#pinned.indexOf(id), 1);
  }

  /** Begin a transaction here, with this run; rejects with words where there is no coming back here. */
  async begin(since: number): Promise<Transaction> {
    const state = await this.keep();
    if (!isWhole(state)) {
      throw new Error(`No transaction can begin here: ${state.reason}.`);
    }
    const transaction = { state: state.id, since };
    this.transactions.begin(transaction);
    this.#parts.changed();
    return transaction;
  }

  /** End the innermost transaction and return it. */
  endTransaction(what: 'commit' | 'roll back'): Transaction {
    const transaction = this.transactions.end(what);
    this.#parts.changed();
    return transaction;
  }

  /**
   * Wake a state in the place of the live one; rejects, with a reason, where that fails: then there is none.
   * `alone` ends all processes that the session started.
   */
  async wake(id: number, alone = false): Promise<Returned> {
    const { copy } = this.#states.get(id);
    try {
      const returned = await new Promise<Returned>((resolve, reject) => {
        this.#waking = { state: id, resolve, reject };
        if (copy === 'noted') {
          this.#parts.host().restore(id);
        } else {
          this.#replace(id, alone);
        }
      });
      this.#states.goTo(id);
      this.#giveUpPending();
      const line = [id, ...this.#states.ancestors(id).map((state) => state.id)];
      this.transactions.keepOnly(new Set(line));
      return returned;
    } finally {
      this.#waking = undefined;
      this.#parts.changed();
    }
  }

  /** Put a sleeper's copy in the place of the live state, whose notes go with it. */
  #replace(state: number, alone: boolean): void {
    this.#live = null;
    this.#states.forgetNotes();
    this.#parts.order().goOn();
    this.#parts.host().wake({ state, mark: this.#parts.order().last, alone });
  }

  /** Where a death leads: the current state or the nearest before it; `null` where that would lose nearly all. */
  get refuge(): State | null {
    const { id, parent } = this.#states.current;
    const state = this.#states.nearest(id);
    // The start is no place to go back to, unless no more than one run is lost by it.
    return state.copy !== 'fresh' || state.id === id || parent === state.id ? state : null;
  }

  /** Wake the state that `choose` returns, and the next that it does where one cannot be woken; `null` where none can. */
  async recover(choose: () => State | null): Promise<Returned | null> {
    for (;;) {
      const state = this.#parts.host().isOpen ? choose() : null;
      if (!state) {
        return null;
      }
      try {
        return await this.wake(state.id);
      } catch (error) {
        if (state.copy === 'fresh') {
          return null;
        }
        this.#drop([state.id], `it could not be woken: ${(error as Error).message}`);
      }
    }
  }

  /** States that must not be evicted: the current one, those that a rollback goes back to, and those being saved. */
  #needed(): number[] {
    return [this.#states.current.id, ...this.transactions.open.map(({ state }) => state), ...this.#pinned];
  }

  #drop(states: number[], reason: string): void {
    this.#parts.host().drop(states);
    for (const state of states) {
      this.lost(state, reason);
    }
  }

  #copySettles(id: number): Promise<void> {
    return new Promise((resolve) => this.#copying.set(id, [...(this.#copying.get(id) ?? []), resolve]));
  }

  #settle(id: number): void {
    const waiting = this.#copying.get(id) ?? [];
    this.#copying.delete(id);
    for (const resolve of waiting) {
      resolve();
    }
  }

  #settleAll(): void {
    for (const id of [...this.#copying.keys()]) {
      this.#settle(id);
    }
  }
}
