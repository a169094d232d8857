/** Goes between a session's states: has them kept, wakes them, and finds the next best where one cannot be woken. */

import type { Foreseen, Frozen, Noted, Refused, Returned, Unwoken } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import type { HostProcess } from '../protocol/host-process.ts';
import type { OutputBarrier } from '../protocol/output-barrier.ts';
import { Transactions } from '../runs/transactions.ts';
import { CopyWaits } from './copy-waits.ts';
import { Retention, type RetentionOptions } from './retention.ts';
import { type Arrival, type State, States } from './states.ts';

/** What the live state before has still to say may bring so many marks at most; those of the next come behind them. */
const SPARE_MARKS = 1000;

/** A state that takes longer to wake hangs, and may be killed. */
const WAKES_WITHIN_MS = 5000;

interface Parts {
  host: () => HostProcess;
  order: () => OutputBarrier;
  /** Something that can be seen of the states has changed. */
  changed: () => void;
  keeping: RetentionOptions;
}

interface Waking {
  state: number;
  /** The number of the live state that it is to be: what is said of an earlier one's end is not of it. */
  life: number;
  since: number;
  resolve: (returned: Returned) => void;
  reject: (error: Error) => void;
}

export class Timeline {
  readonly transactions = new Transactions();
  readonly #parts: Parts;
  readonly #retention: Retention;
  readonly #copies = new CopyWaits();
  /** States in which something goes on between runs: their copies stay as they were. */
  readonly #moving = new Set<number>();
  /** States that are being saved. */
  readonly #pinned: number[] = [];
  /** Who waits for a sleeping state to tell what has changed. */
  readonly #foreseeing: ((files: readonly string[]) => void)[] = [];
  #states = new States();
  #waking: Waking | undefined;
  #live: number | null = null;
  /** Whether there is a live state, known by its process or not. */
  #isAlive = true;

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

  /** Whether there is a live state. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isWaking(): boolean {
    return this.#waking !== undefined;
  }

  /** Whether a state is being woken that has not had its time yet: killed in it, it would be lost. */
  get isJustWaking(): boolean {
    return this.#waking !== undefined && performance.now() - this.#waking.since < WAKES_WITHIN_MS;
  }

  /** Another Python has been started: nothing of the one before can be gone to. */
  restart(): void {
    this.#states = new States();
    this.#isAlive = true;
    this.#moving.clear();
    this.transactions.keepOnly(new Set());
    this.#copies.settleAll();
    this.#parts.changed();
  }

  born(pid: number): void {
    this.#live = pid;
  }

  close(): void {
    this.#retention.close();
    this.#waking?.reject(new CodedError('ENDED', 'Python has ended.'));
    this.#copies.settleAll();
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
    this.#copies.settle(report.state);
    this.#retention.check();
    this.#parts.changed();
  }

  noted(report: Noted): void {
    this.#states.noted(report);
    this.#copies.settle(report.state);
    this.#parts.changed();
  }

  refused(report: Refused): void {
    this.#states.refused(report);
    this.#copies.settle(report.state);
    this.#parts.changed();
  }

  lost(state: number, reason: string): void {
    this.#states.lost({ state, reason });
    this.#copies.settle(state);
    this.#parts.changed();
  }

  returned(report: Returned): void {
    this.#live = report.pid;
    this.#isAlive = true;
    this.#waking?.resolve(report);
  }

  unwoken({ state, reason }: Unwoken): void {
    if (this.#waking?.state === state) {
      this.#waking.reject(new CodedError('NO_COPY', reason));
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
    this.#isAlive = false;
    this.#states.forgetNotes();
    this.#waking?.reject(new CodedError('ENDED', words));
    this.#giveUpPending();
    this.#parts.changed();
  }

  /** Whether another one is live, or on its way to be, than the live state of this number. */
  isPast(life: number): boolean {
    return life < (this.#waking?.life ?? this.#parts.host().life);
  }

  /** What the live state before was still copying is not to be had. */
  #giveUpPending(): void {
    this.#states.died();
    this.#copies.settleAll();
  }

  /** Resolve when it is known whether the state has a copy. */
  async copied(id: number): Promise<void> {
    while (this.#states.has(id) && this.#states.get(id).copy === 'pending') {
      await this.#copies.settles(id);
    }
  }

  /** Have a copy made of the state that the session is in, where there is none; resolves when that is settled. */
  async keep(): Promise<State> {
    const { id } = this.#states.current;
    await this.copied(id);
    const { copy } = this.#states.get(id);
    return copy === 'none' || copy === 'gone' ? this.renew() : this.#states.get(id);
  }

  /** Have a copy of the state that the session is in as it is now: another one, where something goes on in it. */
  keepAsIs(): Promise<State> {
    const { id, copy } = this.#states.current;
    return copy === 'frozen' && this.#moving.has(id) ? this.renew() : this.keep();
  }

  /** Have another copy made of the state that the session is in; resolves when that is settled. */
  async renew(): Promise<State> {
    const { id } = this.#states.current;
    if (this.#isAlive) {
      const settled = this.#copies.settles(id);
      this.#parts.host().freeze(id);
      await settled;
    }
    return this.#states.get(id);
  }

  /** Let nobody drop a state that is about to be saved. */
  pin(id: number): void {
    this.#pinned.push(id);
  }

  unpin(id: number): void {
    const at = this.#pinned.indexOf(id);
    if (at >= 0) {
      this.#pinned.splice(at, 1);
    }
  }

  /**
   * Wake a state in the place of the live one; rejects, with a reason, where that fails: then there is none.
   * `alone` ends all processes that the session started.
   */
  async wake(id: number, alone = false): Promise<Returned> {
    const { copy } = this.#states.get(id);
    if (this.#waking) {
      throw new Error(`State ${this.#waking.state} is being woken; state ${id} cannot be at the same time.`);
    }
    try {
      const returned = await new Promise<Returned>((resolve, reject) => {
        const life = this.#parts.host().life + (copy === 'noted' ? 0 : 1);
        this.#waking = { state: id, life, since: performance.now(), resolve, reject };
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
    this.#isAlive = false;
    this.#states.forgetNotes();
    this.#parts.host().wake({ state, mark: this.#parts.order().last + SPARE_MARKS, alone });
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
}
