/** Sessions that are ready ahead of need: one is handed over at once, used by one user alone, and another is warmed. */

import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { background } from './platform/background.ts';
import { CodedError } from './platform/errors.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

export interface PoolOptions {
  /** How each session is opened. */
  session: Omit<SessionOptions, 'transcript'>;
  /** Code that each runs before it is handed over, such as imports. */
  warmUp?: string;
  /** So many are ready, 1 by default; and at most so many where those that were wanted are not any more. */
  idle?: { least?: number; most?: number };
  /** So many there may be in all, used ones too; without a bound by default. */
  most?: number;
  /** One that nobody has wanted for so long is replaced, in milliseconds. */
  life?: number;
  /** A start and its warm-up may take so long, in milliseconds. */
  patience?: number;
}

interface PoolEvents {
  /** A session could not be made ready, and why; it is tried again later. */
  failed: [Error];
}

interface Waiter {
  give(session: Session): void;
  refuse(error: Error): void;
}

interface Idle {
  session: Session;
  timer: NodeJS.Timeout;
}

const USUAL_LEAST = 1;
const USUAL_LIFE_MS = 3_600_000;
const USUAL_PATIENCE_MS = 60_000;
/** The start of a process takes milliseconds, which the one that was handed over has for its first run. */
const REFILL_AFTER_MS = 50;
/** After a failure the next try waits, twice as long after each further one. */
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 30_000;

export function openPool(options: PoolOptions): Pool {
  return new Pool(options);
}

export class Pool extends EventEmitter<PoolEvents> {
  readonly #options: PoolOptions;
  #idle: Idle[] = [];
  #waiting: Waiter[] = [];
  readonly #warming = new Set<Session>();
  readonly #used = new Set<Session>();
  /** Their processes are still there. */
  readonly #ending = new Map<Session, Promise<void>>();
  #failures = 0;
  /** Set while nothing is tried, as the last tries have failed. */
  #pause: NodeJS.Timeout | null = null;
  #lastFailure: Error | null = null;
  #isClosed = false;

  constructor(options: PoolOptions) {
    super();
    this.#options = options;
    this.#fill();
  }

  /** How many there are: ready, being made ready, and used; and how many wait for one. */
  get counts(): { idle: number; warming: number; used: number; waiting: number } {
    const [idle, warming] = [this.#idle.length, this.#warming.size];
    return { idle, warming, used: this.#used.size, waiting: this.#waiting.length };
  }

  /**
   * Hand over a session, at once where one is ready; it is the caller's alone, who gives it back with `release`. Waits
   * where there are as many as there may be. Rejects with words where none can be made ready.
   */
  async acquire({ signal }: { signal?: AbortSignal } = {}): Promise<Session> {
    signal?.throwIfAborted();
    if (this.#isClosed) {
      throw new CodedError('ENDED', 'The pool is closed; open another.');
    }
    const session = this.#takeHealthy();
    if (session) {
      setTimeout(() => this.#fill(), REFILL_AFTER_MS).unref();
      return session;
    }
    if (this.#pause && this.#lastFailure) {
      throw this.#lastFailure;
    }
    return this.#wait(signal);
  }

  /** Take back a session that was handed over: it is ended, so that nobody else meets what was done in it. */
  async release(session: Session): Promise<void> {
    if (!this.#used.delete(session)) {
      throw new Error('This session is not one that the pool has handed over, or was given back already.');
    }
    await this.#end(session);
  }

  /** End those that nobody uses; those that are used are ended as they are given back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#pause ?? undefined);
    for (const { refuse } of this.#waiting.splice(0)) {
      refuse(new CodedError('ENDED', 'The pool was closed.'));
    }
    const unused = [...this.#idle.splice(0).map(leave), ...this.#warming];
    await Promise.all([...unused.map((session) => this.#end(session, 0)), ...this.#ending.values()]);
  }

  /** The one that has been ready longest; those that have died meanwhile are dropped. */
  #takeHealthy(): Session | null {
    for (let idle = this.#idle.shift(); idle; idle = this.#idle.shift()) {
      const session = leave(idle);
      if (session.status.kind === 'idle') {
        session.off('status', this.#look);
        this.#used.add(session);
        return session;
      }
      background(this.#end(session, 0), 'ending a session that has failed');
    }
    return null;
  }

  #wait(signal: AbortSignal | undefined): Promise<Session> {
    return new Promise((resolve, reject) => {
      const done = () => signal?.removeEventListener('abort', giveUp);
      const waiter: Waiter = {
        give: (session) => {
          done();
          resolve(session);
        },
        refuse: (error) => {
          done();
          reject(error);
        },
      };
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((each) => each !== waiter);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp);
      this.#waiting.push(waiter);
      this.#fill();
    });
  }

  /** Make ready as many as are wanted, and may be. */
  #fill(): void {
    const { idle = {}, most = Number.POSITIVE_INFINITY } = this.#options;
    const { least = USUAL_LEAST } = idle;
    while (!this.#isClosed && !this.#pause && this.#count < most) {
      const wanted = this.#waiting.length + Math.max(0, least - this.#idle.length);
      if (this.#warming.size >= wanted) {
        return;
      }
      const session = openSession(this.#options.session);
      this.#warming.add(session);
      background(this.#warm(session), 'making a session ready');
    }
  }

  get #count(): number {
    return this.#idle.length + this.#warming.size + this.#used.size + this.#ending.size;
  }

  async #warm(session: Session): Promise<void> {
    try {
      await this.#makeReady(session);
    } catch (error) {
      const ended = this.#end(session, 0);
      this.#fail(error as Error);
      return ended;
    }
    if (!this.#warming.delete(session)) {
      return; // The pool was closed.
    }
    this.#failures = 0;
    this.#offer(session);
    this.#fill();
  }

  async #makeReady(session: Session): Promise<void> {
    const { warmUp, patience = USUAL_PATIENCE_MS } = this.#options;
    const enough = new AbortController();
    const late = wait(patience, undefined, { signal: enough.signal }).then(() => {
      throw new CodedError('NOT_STARTED', `A session was not ready after ${patience / 1000} s.`);
    });
    // When it is ready in time, nobody wants to know.
    late.catch(() => undefined);
    try {
      await Promise.race([session.whenReady(), late]);
      if (warmUp !== undefined) {
        refuseUnwell(await Promise.race([session.run(warmUp), late]));
      }
    } finally {
      enough.abort();
    }
  }

  /** Give it to who has waited longest, or keep it. */
  #offer(session: Session): void {
    const { idle = {}, life = USUAL_LIFE_MS } = this.#options;
    const waiter = this.#waiting.shift();
    if (waiter) {
      this.#used.add(session);
      waiter.give(session);
      return;
    }
    const { least = USUAL_LEAST, most = least } = idle;
    if (this.#idle.length >= most) {
      background(this.#end(session, 0), 'ending a session that nobody wants');
      return;
    }
    const timer = setTimeout(() => this.#drop(session), life);
    timer.unref();
    this.#idle.push({ session, timer });
    session.on('status', this.#look);
  }

  /** One that is idle may die. */
  #look = (): void => {
    for (const { session } of this.#idle.filter((each) => each.session.status.kind !== 'idle')) {
      this.#drop(session);
    }
  };

  #drop(session: Session): void {
    const found = this.#idle.find((each) => each.session === session);
    if (found) {
      this.#idle = this.#idle.filter((each) => each !== found);
      background(this.#end(leave(found), 0), 'ending a session that was idle');
    }
  }

  /** Tell who waits, and try again after a while. */
  #fail(error: Error): void {
    if (this.#isClosed) {
      return;
    }
    this.#lastFailure = error;
    for (const { refuse } of this.#waiting.splice(0)) {
      refuse(error);
    }
    const delay = Math.min(FIRST_DELAY_MS * 2 ** this.#failures, LONGEST_DELAY_MS);
    this.#failures += 1;
    clearTimeout(this.#pause ?? undefined);
    this.#pause = setTimeout(() => {
      this.#pause = null;
      this.#fill();
    }, delay);
    this.#pause.unref();
    this.emit('failed', error);
  }

  #end(session: Session, patience?: number): Promise<void> {
    this.#warming.delete(session);
    session.off('status', this.#look);
    const ended = session.close(patience).finally(() => {
      this.#ending.delete(session);
      this.#fill();
    });
    this.#ending.set(session, ended);
    return ended;
  }
}

function leave({ session, timer }: Idle): Session {
  clearTimeout(timer);
  return session;
}

function refuseUnwell({ outcome, failure, end }: Awaited<ReturnType<Session['run']>>): void {
  if (outcome !== 'ok') {
    const why = end?.words ?? [failure?.type, failure?.text].filter(Boolean).join(': ');
    throw new CodedError('NOT_STARTED', `The code that warms sessions up ${outcome}: ${why}.`);
  }
}
