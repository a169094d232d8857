/** The tree of a session's states: where it has been, what can be gone back to, and where undo and redo lead. */

import type { Changes, Done, Frozen, Lost, Noted, Refused } from '../../contract/messages.ts';
import { isReachable, isWhole, lineTo } from '../../contract/state-tree.ts';
import { CodedError } from '../platform/errors.ts';
import { forgetOldest } from './forgetting.ts';

/**
 * Whether a state can be gone to: `frozen` sleeps and can be woken; `fresh` is the start, recreated;
 * `noted` has its names and plain values kept in the live process, and is lost with that; `pending` is being copied;
 * `none` has no copy; `gone` had one.
 */
export type Copy = 'fresh' | 'frozen' | 'noted' | 'pending' | 'none' | 'gone';

/** One state of a session, and the run that led to it. */
export interface State {
  id: number;
  /** The state that the run began in; `null` for the start. */
  parent: number | null;
  /** The run that led here; `null` for the start. */
  run: number | null;
  code: string;
  outcome: Done['outcome'] | null;
  /** How long the run took, in seconds. */
  seconds: number | null;
  changes: Changes | null;
  /** The name that the user gave it; a named state is kept longest. */
  name: string | null;
  copy: Copy;
  /** Why there is no copy, in a clause. */
  reason: string | null;
  /** The process that sleeps. */
  pid: number | null;
  /** The live process that the copy was made of: each time a state is woken another one follows. */
  life: number;
  /** How long the session stood still for the copy, in seconds. */
  pause: number | null;
  /** When the run was over, in milliseconds since 1970. */
  at: number;
}

/** Where a move leads: so many runs back, or forward, or to a state by its number or its name. */
export type Target = { undo: number } | { redo: number } | { state: number | string };

/** A run that has just ended, as far as the tree wants to know. */
export interface Arrival {
  id: number;
  code: string;
  done: Done;
  /** Whether a copy of the state is on its way. */
  isCopied: boolean;
}

const START: State = {
  id: 0,
  parent: null,
  run: null,
  code: '',
  outcome: null,
  seconds: null,
  changes: null,
  name: null,
  copy: 'fresh',
  reason: null,
  pid: null,
  life: 0,
  pause: null,
  at: 0,
};

/** Of so many states the live process keeps names and values; what it notes holds memory that nobody else uses. */
const NOTED_LIMIT = 10;

export const NOT_KEPT = 'copies are kept only when you ask';

export class States {
  #byId = new Map<number, State>([[0, { ...START, at: Date.now() }]]);
  /** Those that sleep, in the order of the runs. */
  #frozen = new Set<number>();
  /** The child that a redo leads to, by its parent. */
  #forward = new Map<number, number>();
  #current = 0;
  #last = 0;
  #life = 0;

  /** All states, oldest first. */
  get all(): readonly State[] {
    return [...this.#byId.values()];
  }

  /** Those that sleep, oldest first. */
  get asleep(): State[] {
    return [...this.#frozen].sort((one, other) => one - other).map((id) => this.get(id));
  }

  /** The state that the session is in. */
  get current(): State {
    return this.get(this.#current);
  }

  /** Where a redo leads. */
  get forward(): number | null {
    return this.#forward.get(this.#current) ?? null;
  }

  has(id: number): boolean {
    return this.#byId.has(id);
  }

  get(id: number): State {
    const state = this.#byId.get(id);
    if (!state) {
      throw new CodedError('NO_SUCH_STATE', `There is no state ${id}; %states lists them.`);
    }
    return state;
  }

  /** The number of the state that the next run will lead to. */
  next(): number {
    this.#last += 1;
    return this.#last;
  }

  /** A run has led to a new state. */
  arrive({ id, code, done, isCopied }: Arrival): void {
    const { id: run, outcome, seconds, changes } = done;
    const parent = this.#current;
    const [copy, reason]: [Copy, string | null] = isCopied ? ['pending', null] : ['none', NOT_KEPT];
    const state = { ...START, id, parent, run, code, outcome, seconds, changes, copy, reason };
    this.#byId.set(id, { ...state, at: Date.now() });
    this.#forward.set(parent, id);
    this.#current = id;
    forgetOldest({ byId: this.#byId, forward: this.#forward, current: this.#current });
  }

  /** A state came about by way of the start, and yet an undo of it leads there: a checkpoint was restored. */
  follow(id: number, parent: number): void {
    const before = this.get(id).parent;
    if (before !== null && this.#forward.get(before) === id) {
      this.#forward.delete(before);
    }
    this.#change(id, { parent });
    this.#forward.set(parent, id);
  }

  /** The session is in this state now. */
  goTo(id: number): void {
    // From the start, redo leads back down to it.
    for (let state = this.get(id); state.parent !== null; state = this.get(state.parent)) {
      this.#forward.set(state.parent, state.id);
    }
    this.#current = id;
    this.#life += 1;
  }

  frozen({ state, pid, seconds }: Frozen): void {
    // The host tells again of one that its live state may not have lived to tell of.
    if (this.#byId.get(state)?.pid !== pid) {
      this.#change(state, { copy: 'frozen', reason: null, pid, life: this.#life, pause: seconds });
    }
  }

  /** No copy was made; one made earlier stays. */
  refused({ state, reason }: Refused): void {
    if (this.#byId.get(state)?.copy !== 'frozen') {
      this.#change(state, { copy: 'none', reason, pid: null });
    }
  }

  /** No copy was made, but names and values were noted; a copy made earlier is worth more. */
  noted({ state, reason }: Noted): void {
    if (this.#byId.get(state)?.copy !== 'frozen') {
      this.#change(state, { copy: 'noted', reason, pid: null });
    }
    const noted = [...this.#byId.values()].filter(({ copy }) => copy === 'noted');
    for (const { id } of noted.slice(0, -NOTED_LIMIT)) {
      this.lost({ state: id, reason: `evicted: more than ${NOTED_LIMIT} were noted` });
    }
  }

  /** The live process is another one: what the one before had noted went with it. */
  forgetNotes(): void {
    for (const { id, copy, reason } of this.#byId.values()) {
      if (copy === 'noted') {
        this.lost({ state: id, reason: `only noted in a process that has ended, as ${reason}` });
      }
    }
  }

  lost({ state, reason }: Pick<Lost, 'state' | 'reason'>): void {
    if (this.#byId.get(state)?.copy !== 'fresh') {
      this.#change(state, { copy: 'gone', reason, pid: null });
    }
  }

  /** Python has died: what was being copied is not to be had. */
  died(): void {
    for (const { id, copy } of this.#byId.values()) {
      if (copy === 'pending') {
        this.lost({ state: id, reason: 'Python ended before it was kept' });
      }
    }
  }

  name(id: number, name: string | null): void {
    const taken = name === null ? undefined : this.all.find((state) => state.name === name);
    if (taken && taken.id !== id) {
      throw new CodedError('BAD_NAME', `State ${taken.id} is named ${name} already; choose another name.`);
    }
    this.get(id);
    this.#change(id, { name });
  }

  /** The state that a person means by its number or its name. */
  find(words: string): State {
    const named = this.all.find((state) => state.name === words);
    if (named) {
      return named;
    }
    if (!/^\d+$/.test(words)) {
      throw new CodedError('NO_SUCH_STATE', `There is no state named ${words}; %states lists them.`);
    }
    return this.get(Number(words));
  }

  /** Where undoing so many runs leads; throws an Error with words where it leads nowhere. */
  before(steps: number): State {
    return this.#along(this.ancestors(this.#current), steps, 'undo');
  }

  /** Where redoing so many runs leads. */
  after(steps: number): State {
    const below: State[] = [];
    for (let id = this.#forward.get(this.#current); id !== undefined; id = this.#forward.get(id)) {
      below.push(this.get(id));
    }
    return this.#along(below, steps, 'redo');
  }

  #along(line: readonly State[], steps: number, verb: string): State {
    const state = line[steps - 1];
    if (state) {
      return this.#reachable(state);
    }
    if (line.length === 0) {
      throw new CodedError('NO_SUCH_STATE', `There is no run to ${verb}.`);
    }
    const many = line.length === 1 ? 'is only one run' : `are only ${line.length} runs`;
    throw new CodedError('NO_SUCH_STATE', `There ${many} to ${verb}.`);
  }

  /** The state that a move leads to; throws with words where it cannot be gone to. */
  at(target: Target): State {
    if ('undo' in target) {
      return this.before(target.undo);
    }
    return 'redo' in target ? this.after(target.redo) : this.reachable(this.find(String(target.state)).id);
  }

  /** The state, where it can be gone to; throws an Error that says why not, and what can. */
  reachable(id: number): State {
    return this.#reachable(this.get(id));
  }

  /** The states that led to this one, the nearest first. */
  ancestors(id: number): State[] {
    this.get(id);
    return lineTo(this.#byId, id).slice(1);
  }

  /** The state itself, or the nearest above it that there is a copy of: there is always the start. */
  nearest(id: number): State {
    return lineTo(this.#byId, id).find(isWhole) ?? this.get(0);
  }

  /** Whether a run from here can be undone; why not, in a clause, or `null`. */
  get obstacle(): string | null {
    const { copy, reason } = this.current;
    if (copy === 'noted') {
      return `${reason} (only names and plain values can be brought back)`;
    }
    return copy === 'none' || copy === 'gone' ? (reason ?? 'there is no copy of the state before it') : null;
  }

  #reachable(state: State): State {
    if (isReachable(state)) {
      return state;
    }
    const { id } = this.nearest(state.id);
    const why = state.reason ? ` (${state.reason})` : '';
    throw new CodedError(
      'NO_COPY',
      `There is no copy of state ${state.id}${why}. The nearest before it is ${id}: %goto ${id}.`,
    );
  }

  #change(id: number, changes: Partial<State>): void {
    const state = this.#byId.get(id);
    if (state) {
      this.#byId.set(id, { ...state, ...changes });
      if (changes.copy === 'frozen') {
        this.#frozen.add(id);
      } else if (changes.copy) {
        this.#frozen.delete(id);
      }
    }
  }
}
