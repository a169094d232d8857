/** Keeps apart what must not overlap in a session: one table says who waits for whom, and who is refused. */

import { CodedError } from '../platform/errors.ts';

/**
 * `move`: undo, redo, going to a state, rollback. `keep`: a copy of the state as it is, also where a transaction begins.
 * `save`: the live state writes a checkpoint by itself. `drop`: what a run did is dropped by its policy. `recover`: Python
 * has died.
 */
export type Operation = 'restart' | 'move' | 'restore' | 'rebuild' | 'keep' | 'save' | 'drop' | 'recover';

/**
 * What becomes of what is asked for: `refuse` rejects with a sentence; `wait` lets it begin when the other is over; `end`
 * has the other given up, and waits for that; `join` makes one of both; `beside` lets both go on.
 */
type Rule = 'refuse' | 'wait' | 'end' | 'join' | 'beside';

// biome-ignore format: a table is read by its columns
const WHILE: Record<Operation, Record<Operation, Rule>> = {
  // What is asked for:
  // while this goes on
  restart: { restart: 'join', move: 'refuse', restore: 'refuse', rebuild: 'refuse', keep: 'refuse', save: 'refuse', drop: 'wait',   recover: 'wait' },
  move:    { restart: 'end',  move: 'refuse', restore: 'refuse', rebuild: 'refuse', keep: 'refuse', save: 'refuse', drop: 'wait',   recover: 'wait' },
  restore: { restart: 'end',  move: 'refuse', restore: 'refuse', rebuild: 'refuse', keep: 'refuse', save: 'refuse', drop: 'beside', recover: 'beside' },
  rebuild: { restart: 'end',  move: 'refuse', restore: 'refuse', rebuild: 'refuse', keep: 'refuse', save: 'refuse', drop: 'beside', recover: 'beside' },
  keep:    { restart: 'end',  move: 'wait',   restore: 'wait',   rebuild: 'wait',   keep: 'beside', save: 'wait',   drop: 'beside', recover: 'beside' },
  save:    { restart: 'end',  move: 'refuse', restore: 'refuse', rebuild: 'refuse', keep: 'refuse', save: 'refuse', drop: 'beside', recover: 'beside' },
  drop:    { restart: 'wait', move: 'refuse', restore: 'refuse', rebuild: 'refuse', keep: 'refuse', save: 'refuse', drop: 'wait',   recover: 'wait' },
  recover: { restart: 'wait', move: 'refuse', restore: 'refuse', rebuild: 'refuse', keep: 'refuse', save: 'refuse', drop: 'wait',   recover: 'wait' },
};

const GOES_ON: Record<Operation, string> = {
  restart: 'The session is on its way to another state.',
  move: 'The session is on its way to another state.',
  restore: 'A checkpoint is being restored; wait for it, or stop it.',
  rebuild: 'Runs are being run again; wait for them, or stop them.',
  keep: 'A copy of the state is being made; wait for it.',
  save: 'The session is being saved; wait for it, or stop it.',
  drop: 'The session is on its way to another state.',
  recover: 'The session is on its way to another state.',
};

/** While these go on, or wait, no run begins; but those that are part of a restore or a rebuild. */
const WITHOUT_RUNS: ReadonlySet<Operation> = new Set([
  'restart',
  'move',
  'restore',
  'rebuild',
  'drop',
  'recover',
]);

/** An operation that has the gate, or waits for it. */
export interface Turn {
  readonly operation: Operation;
  /** Aborted when it is to be given up, where that can still be done; the reason is an Error. */
  readonly signal: AbortSignal;
  /** Leave the gate before the operation's promise is settled: who is told of it may ask for the next at once. */
  leave(): void;
}

interface Entry extends Turn {
  readonly controller: AbortController;
  hasBegun: boolean;
  /** Settles with the operation. */
  over: Promise<unknown>;
}

interface Parts {
  /** Throw an Error with words where the session is not in the phase for this operation. */
  check: (operation: Operation) => void;
  /** An operation has begun, or is over. */
  changed: () => void;
}

export class Gate {
  readonly #parts: Parts;
  #entries: Entry[] = [];
  #closed: Error | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether one of these goes on. */
  holds(...operations: Operation[]): boolean {
    return this.#entries.some(({ operation, hasBegun }) => hasBegun && operations.includes(operation));
  }

  /** Whose runs may begin now: those of a restore or rebuild, those of nobody (`null`), or none at all. */
  get runsOf(): Turn | null | undefined {
    const excluding = this.#entries.filter(({ operation }) => WITHOUT_RUNS.has(operation));
    const [only, another] = excluding;
    if (!only) {
      return null;
    }
    const hasRuns = only.operation === 'restore' || only.operation === 'rebuild';
    return hasRuns && !another && !only.signal.aborted ? only : undefined;
  }

  /** Throw where a move or the like goes on. */
  mustBeFree(): void {
    const [other] = this.#entries.filter(({ operation }) => WITHOUT_RUNS.has(operation));
    if (other) {
      throw new CodedError('BUSY', GOES_ON[other.operation]);
    }
  }

  /**
   * Do the work when nothing goes on that it must not overlap; rejects with words where it is refused. As part of another
   * operation (`within`) it is not kept apart from that, and waits where it would be refused.
   */
  exclusive<Result>(
    operation: Operation,
    work: (turn: Turn) => Promise<Result>,
    within?: Turn,
  ): Promise<Result> {
    try {
      within?.signal.throwIfAborted();
      const others = this.#entries.filter((entry) => entry !== within);
      const joined = others.find((other) => WHILE[other.operation][operation] === 'join');
      if (joined) {
        return joined.over as Promise<Result>;
      }
      this.#admit(operation, others, within);
      const awaited = others.filter((other) => WHILE[other.operation][operation] !== 'beside');
      return this.#enter(operation, work, awaited, within);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Nothing begins any more; what goes on is given up where it can be. */
  close(reason: Error): void {
    this.#closed = reason;
    for (const { controller } of this.#entries) {
      controller.abort(reason);
    }
  }

  /** Resolve when nothing goes on. */
  async settled(): Promise<void> {
    while (this.#entries.length > 0) {
      await Promise.allSettled(this.#entries.map(({ over }) => over));
    }
  }

  /** Throw unless the operation may begin now or later; have given up what it ends. */
  #admit(operation: Operation, others: Entry[], within: Turn | undefined): void {
    if (this.#closed) {
      throw this.#closed;
    }
    if (within) {
      return;
    }
    const refusing = others.find((other) => WHILE[other.operation][operation] === 'refuse');
    if (refusing) {
      throw new CodedError('BUSY', GOES_ON[refusing.operation]);
    }
    this.#parts.check(operation);
    for (const other of others) {
      if (WHILE[other.operation][operation] === 'end') {
        other.controller.abort(new CodedError('CANCELLED', 'Python was started again meanwhile.'));
      }
    }
  }

  #enter<Result>(
    operation: Operation,
    work: (turn: Turn) => Promise<Result>,
    awaited: Entry[],
    within: Turn | undefined,
  ): Promise<Result> {
    const controller = new AbortController();
    const entry: Entry = {
      operation,
      signal: controller.signal,
      controller,
      hasBegun: false,
      over: Promise.resolve(),
      leave: () => void this.#remove(entry),
    };
    const begin = async () => {
      entry.signal.throwIfAborted();
      if (awaited.length > 0 && !within) {
        this.#parts.check(operation);
      }
      entry.hasBegun = true;
      this.#parts.changed();
      return work(entry);
    };
    this.#entries.push(entry);
    const done = awaited.length === 0 ? begin() : waitFor(awaited).then(begin);
    const over = done.finally(() => this.#remove(entry) && this.#parts.changed());
    entry.over = over;
    // Who asked hears of it; who waits for its end does not care how it ended.
    over.catch(() => undefined);
    return over;
  }

  /** Return whether it was there. */
  #remove(entry: Entry): boolean {
    const wasThere = this.#entries.includes(entry);
    this.#entries = this.#entries.filter((other) => other !== entry);
    return wasThere;
  }
}

/** Wait for something, but no longer than an operation that can be given up: then reject with the reason. */
export function unlessGivenUp<Result>({ signal }: Turn, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) {
      giveUp();
      return;
    }
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function waitFor(entries: readonly Entry[]): Promise<unknown> {
  return Promise.allSettled(entries.map(({ over }) => over));
}
