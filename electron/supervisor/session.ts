/** A session: a Python that stays, over any number of runs, any of which can be undone, and survives its own death. */

import { EventEmitter } from 'node:events';
import type { Checked, Chunks, Completed, Described, Ready, Reclaimed } from '../contract/messages.ts';
import { sessionEnvironment } from './platform/interpreter.ts';
import { Connection, type Question } from './protocol/connection.ts';
import type { Streams } from './protocol/host-process.ts';
import { codePoints, codeUnits } from './protocol/inquiries.ts';
import { describeEnd } from './runs/ends.ts';
import type { Outcome, RunOptions } from './runs/runs.ts';
import type { Transaction } from './runs/transactions.ts';
import { Transcript } from './runs/transcript.ts';
import { type CheckpointOptions, Checkpoints } from './saving/session-checkpoints.ts';
import { RunScheduler } from './session/run-scheduler.ts';
import { type Death, SessionState, UNKNOWN_END } from './session/session-state.ts';
import { type Move, StateSwitcher } from './session/state-switcher.ts';
import type { Status } from './session/status.ts';
import type { RetentionOptions } from './states/retention.ts';
import type { State, Target } from './states/states.ts';

export type { Question } from './protocol/connection.ts';
export type { End } from './runs/ends.ts';
export type { Policy } from './runs/policies.ts';
export type { Outcome, RunOptions } from './runs/runs.ts';
export type { Transaction } from './runs/transactions.ts';
export type { CheckpointOptions, Checkpoints, Failed, Saving } from './saving/session-checkpoints.ts';
export type { Death } from './session/session-state.ts';
export type { Move } from './session/state-switcher.ts';
export type { Status } from './session/status.ts';
export type { State, Target } from './states/states.ts';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

export interface SessionOptions {
  /** The interpreter's executable, as `findInterpreter` resolves it. */
  python: string;
  /** Where the session starts; this process's own folder by default. */
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** The terminal's size, in cells. */
  columns?: number;
  rows?: number;
  /** Batch mode: no pty; the session's descriptors 0, 1 and 2 are these of ours. */
  streams?: Streams;
  /** The file to which every byte of output is appended; none by default. */
  transcript?: string;
  /** When a copy of the state is kept, and how much they may hold. */
  states?: { keep?: 'every run' | 'when asked' } & RetentionOptions;
  /** Where it is saved, and whether automatically too; it cannot be saved by default. */
  checkpoints?: CheckpointOptions;
}

interface SessionEvents {
  /** Bytes that the session printed, in order, ours cut out. */
  output: [Buffer];
  status: [Status];
  /** A run is over, and all of its output has been emitted. */
  outcome: [Outcome];
  /** Python died and is there again; told before the outcome of the run that it cost. */
  death: [Death];
  /** The states or the transactions have changed. */
  states: [];
  /** Something on our own side failed; the session goes on where it can. */
  fault: [Error];
}

/** Open a session; it is `starting` until its Python answers. */
export function openSession(options: SessionOptions): Session {
  return new Session(options);
}

export class Session extends EventEmitter<SessionEvents> {
  /** The session on disk. */
  readonly checkpoints: Checkpoints;
  readonly #options: SessionOptions;
  readonly #transcript: Transcript | undefined;
  readonly #core: SessionState;
  readonly #scheduler: RunScheduler;
  readonly #switcher: StateSwitcher;
  #size: { columns: number; rows: number };
  #pauses = new Set<'reader' | 'transcript'>();

  constructor(options: SessionOptions) {
    super();
    this.#options = options;
    this.#size = { columns: options.columns ?? DEFAULT_COLUMNS, rows: options.rows ?? DEFAULT_ROWS };
    this.#transcript = options.transcript
      ? new Transcript(
          options.transcript,
          (isFull) => this.#setPause('transcript', isFull),
          (error) => this.#fault(error),
        )
      : undefined;
    const { keep = 'every run', ...keeping } = options.states ?? {};
    this.#core = new SessionState(keep === 'every run', keeping, {
      status: (status) => {
        this.emit('status', status);
        this.checkpoints.look();
      },
      outcome: (outcome) => this.emit('outcome', outcome),
      death: (death) => this.emit('death', death),
      states: () => {
        this.emit('states');
        this.checkpoints.look();
      },
    });
    this.#scheduler = new RunScheduler(this.#core, this.#transcript);
    this.#switcher = new StateSwitcher(this.#core, () => this.#scheduler.next());
    this.checkpoints = this.#openCheckpoints(options);
    this.#start();
  }

  get status(): Status {
    return this.#core.status.now;
  }

  /** What Python said of itself; `null` before it answered. */
  get python(): Ready | null {
    return this.#core.python;
  }

  /** `str(sys.ps1)` and `str(sys.ps2)` as they are now. */
  get prompts(): { ps1: string; ps2: string } {
    return this.#core.prompts;
  }

  /** Resolve when this Python has answered; reject, with words, when it cannot be started. */
  whenReady(): Promise<Ready> {
    return this.#core.connection.whenReady();
  }

  /** All states of this session, oldest first: a tree by their `parent`. */
  get states(): readonly State[] {
    return this.#core.timeline.states.all;
  }

  /** The state that the session is in. */
  get state(): State {
    return this.#core.timeline.states.current;
  }

  /** The number of the state that a redo leads to; `null` where there is nothing to redo. */
  get redoesTo(): number | null {
    return this.#core.timeline.states.forward;
  }

  /** The state that a death now, or a kill, would lead back to; `null` where the names would be lost. */
  get refuge(): State | null {
    return this.#core.hasStates ? this.#core.timeline.refuge : null;
  }

  /** The transactions that are open, the outermost first. */
  get transactions(): readonly Transaction[] {
    return this.#core.timeline.transactions.open;
  }

  /** What the kept states hold beside the live one, in bytes; `null` where nobody can tell. */
  get held(): number | null {
    return this.#core.timeline.held;
  }

  /** Whether a copy is kept after every run, or only when asked. */
  get keepsEveryRun(): boolean {
    return this.#core.isKept;
  }

  set keepsEveryRun(isKept: boolean) {
    this.#core.isKept = isKept;
    this.emit('states');
  }

  /**
   * Execute code, after the runs that wait already; resolves when its output is complete.
   * Never rejects for what the code does: that is in the outcome.
   */
  run(code: string, options: RunOptions = {}): Promise<Outcome> {
    const outcome = this.#core.runs.add(code, options);
    if (this.status.kind === 'ended') {
      this.#core.endRuns(this.status.end);
    } else {
      this.#scheduler.next();
    }
    return outcome;
  }

  /** Give keys to the running program, as a terminal does. */
  type(keys: string | Uint8Array): void {
    this.#core.connection.host.type(keys);
  }

  /** Resolve with the keys that the last run was given and did not read (type-ahead). */
  async reclaim(): Promise<Buffer> {
    const { payload } = await this.#core.inquiries.ask<Reclaimed>({ kind: 'reclaim' });
    return payload;
  }

  /** Answer `input()`; `null` is end of file. A question that is no longer asked is left alone. */
  answer(question: number, text: string | null): void {
    const { status, connection } = this.#core;
    if (status.question?.id !== question) {
      return;
    }
    this.#transcript?.output(Buffer.from(`${status.question.hidden ? '' : (text ?? '')}\r\n`));
    status.question = undefined;
    connection.host.answer(question, text);
    status.settle();
  }

  /** Send SIGINT to the run that goes on, or to the save that holds it up; nothing while idle. */
  interrupt(): void {
    if (this.status.kind === 'saving') {
      this.checkpoints.now?.cancel();
    }
    this.#scheduler.interrupt();
  }

  /** Send SIGKILL to the live state; the session then goes back to the state before the run. */
  kill(): void {
    this.#scheduler.kill();
  }

  /**
   * Tell which files, by their paths, have changed since a state that has them open for writing: gone to, it could only
   * read them. Rejects with words where the state cannot be gone to.
   */
  async foresee(target: Target): Promise<readonly string[]> {
    return this.#core.timeline.foresee(this.#core.timeline.states.at(target));
  }

  /** Go back so many runs; rejects with words where that cannot be done, and the session is where it was. */
  undo(steps = 1): Promise<Move> {
    return this.#switcher.move(() => this.#core.timeline.states.at({ undo: steps }));
  }

  /** Take back so many undos. */
  redo(steps = 1): Promise<Move> {
    return this.#switcher.move(() => this.#core.timeline.states.at({ redo: steps }));
  }

  /** Go to any state, by its number or its name; what runs from there is a branch of its own. */
  goTo(state: number | string): Promise<Move> {
    return this.#switcher.move(() => this.#core.timeline.states.at({ state }));
  }

  /** Name a state, the current one by default, so that it is kept longest; `null` takes the name away. */
  async name(name: string | null, state = this.state.id): Promise<State> {
    const { timeline, status } = this.#core;
    if (name !== null && (!/\S/.test(name) || /^\d+$/.test(name))) {
      throw new Error('A name has at least one letter; a number alone would be a state’s.');
    }
    if (name !== null && state === this.state.id && status.is('idle')) {
      await timeline.keep();
    }
    timeline.states.name(state, name);
    this.emit('states');
    return timeline.states.get(state);
  }

  /** Keep a copy of the state as it is; resolves with the state, whose `reason` says why there is none. */
  async keep(): Promise<State> {
    this.#core.status.mustRest();
    return this.#core.timeline.keep();
  }

  /** Begin a transaction, within those that are open. */
  async begin(): Promise<Transaction> {
    this.#core.status.mustRest();
    return this.#core.timeline.begin(this.#core.runs.last + 1);
  }

  /** Keep what was run since the innermost transaction began. */
  commit(): Transaction {
    return this.#core.timeline.endTransaction('commit');
  }

  /** Go back to where the innermost transaction began. */
  async rollback(): Promise<Move> {
    this.#core.status.mustRest();
    const { state } = this.#core.timeline.endTransaction('roll back');
    return this.#switcher.move(() => this.#core.timeline.states.reachable(state));
  }

  /** Restart, with no names; the states before can still be gone to, unless it takes another process. */
  async restart(): Promise<void> {
    if (this.#core.isClosed) {
      throw new Error('The session is closed; open another.');
    }
    if (await this.#switcher.goToStart()) {
      return;
    }
    await this.#endLife();
    this.#start();
    this.#core.status.now = { kind: 'starting' };
    await this.whenReady();
  }

  /** End the session and everything in it. */
  async close(): Promise<void> {
    await this.checkpoints.finish();
    this.#core.isClosed = true;
    this.#core.timeline.close();
    await this.#endLife();
    await this.checkpoints.close();
    await this.#transcript?.close();
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    this.#core.connection.host.resize(columns, rows);
  }

  /** Stop and continue reading the terminal (flow control): Python then waits in its write. */
  pause(): void {
    this.#setPause('reader', true);
  }

  resume(): void {
    this.#setPause('reader', false);
  }

  /** Ask what can stand at the cursor, an offset in UTF-16 units; so is `start` of the answer. */
  async complete(code: string, cursor: number): Promise<Completed> {
    const at = codePoints(code, cursor);
    const { message } = await this.#core.inquiries.ask<Completed>({ kind: 'complete', code, cursor: at });
    return { ...message, start: codeUnits(code, message.start) };
  }

  /** Ask for the signature of the call around the cursor, an offset in UTF-16 units. */
  async describe(code: string, cursor: number): Promise<Described> {
    const at = codePoints(code, cursor);
    return (await this.#core.inquiries.ask<Described>({ kind: 'describe', code, cursor: at })).message;
  }

  /** Ask whether code is ready to run. Answered, as all questions, when no run is going on. */
  async check(code: string): Promise<Checked> {
    return (await this.#core.inquiries.ask<Checked>({ kind: 'check', code })).message;
  }

  /** Ask for a script's statements and commands. */
  async split(code: string): Promise<Chunks> {
    return (await this.#core.inquiries.ask<Chunks>({ kind: 'split', code })).message;
  }

  #openCheckpoints({ python, transcript, checkpoints, cwd = process.cwd() }: SessionOptions): Checkpoints {
    return new Checkpoints({
      core: this.#core,
      options: checkpoints,
      python,
      cwd,
      transcript,
      run: (code, options) => this.run(code, options),
      restart: () => this.restart(),
      move: (target) => this.#switcher.move(target),
      next: () => this.#scheduler.next(),
      fault: (error) => this.#fault(error),
    });
  }

  #start(): void {
    const { python, cwd = process.cwd(), env = process.env, streams } = this.#options;
    const connection = new Connection({
      python,
      cwd,
      streams,
      ...this.#size,
      env: sessionEnvironment(env, streams === undefined),
    });
    this.#core.connection = connection;
    this.#core.python = null;
    this.#core.isEndAsked = false;
    this.checkpoints.restart();
    this.#core.timeline.restart();
    this.#switcher.forgive();
    this.#follow(connection);
  }

  #follow(connection: Connection): void {
    const { timeline, status, inquiries } = this.#core;
    connection.on('ready', (python) => this.#greet(python));
    connection.on('output', (bytes) => {
      this.#transcript?.output(bytes);
      this.emit('output', bytes);
    });
    connection.on('started', () => this.#scheduler.started());
    connection.on('done', (done) => {
      this.#switcher.forgive();
      this.#scheduler.done(done);
    });
    connection.on('born', (pid) => timeline.born(pid));
    connection.on('frozen', (report) => timeline.frozen(report));
    // What is known of the run that goes on may have changed with it.
    const settleRun = () => status.is('running') && status.settle();
    connection.on('refused', (report) => {
      timeline.refused(report);
      settleRun();
    });
    connection.on('noted', (report) => {
      timeline.noted(report);
      settleRun();
    });
    connection.on('lost', ({ state, reason }) => timeline.lost(state, reason));
    connection.on('returned', (report) => timeline.returned(report));
    connection.on('unwoken', (report) => timeline.unwoken(report));
    connection.on('foreseen', (report) => timeline.foreseen(report));
    connection.on('asked', (question) => this.#ask(question));
    connection.on('withdrawn', (question) => status.question?.id === question && this.#ask(undefined));
    connection.on('reply', (reply, payload) => inquiries.answer(reply, payload));
    connection.on('writer', (report) => this.#core.writers.heard(report));
    connection.on('loading', (report) => this.checkpoints.loading(report));
    connection.on('loaded', (report) => this.checkpoints.loaded(report));
    connection.on('ended', (ended) => void this.#switcher.died(ended));
    connection.on('gone', () => {
      timeline.gone();
      this.#core.writers.leaveAll('Python’s host has ended');
      this.#core.end(describeEnd(UNKNOWN_END, this.#core.isEndAsked));
    });
    connection.on('fault', (error) => this.#fault(error));
  }

  #greet(python: Ready): void {
    this.#core.python = python;
    this.#core.prompts = { ps1: python.ps1, ps2: python.ps2 };
    this.#core.status.settle();
    this.#scheduler.next();
  }

  #ask(question: Question | undefined): void {
    this.#core.status.question = question;
    this.#core.status.settle();
  }

  async #endLife(): Promise<void> {
    this.#core.isEndAsked = true;
    await this.#core.connection.end();
  }

  #setPause(reason: 'reader' | 'transcript', isWanted: boolean): void {
    if (isWanted) {
      this.#pauses.add(reason);
    } else {
      this.#pauses.delete(reason);
    }
    if (this.#pauses.size > 0) {
      this.#core.connection.host.pause();
    } else {
      this.#core.connection.host.resume();
    }
  }

  #fault(error: Error): void {
    if (!this.#core.isClosed) {
      this.emit('fault', error);
    }
  }
}
