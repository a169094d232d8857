/** A session: a Python that stays, over any number of runs, any of which can be undone, and survives its own death. */

import { EventEmitter } from 'node:events';
import type { Checked, Chunks, Completed, Described, Ready, Reclaimed } from '../contract/messages.ts';
import { CodedError } from './platform/errors.ts';
import type { Outcome, RunOptions } from './runs/runs.ts';
import type { Transaction } from './runs/transactions.ts';
import { Transcript, type TranscriptOptions } from './runs/transcript.ts';
import { type CheckpointOptions, Checkpoints } from './saving/session-checkpoints.ts';
import { type ExplainOptions, type Explanation, explain } from './session/explanations.ts';
import type { Turn } from './session/gate.ts';
import { FAREWELL_MS, Lifecycle, type StartOptions } from './session/lifecycle.ts';
import type { Status } from './session/phase.ts';
import { RunScheduler } from './session/run-scheduler.ts';
import type { SessionEvents } from './session/session-events.ts';
import { SessionState } from './session/session-state.ts';
import { type Move, StateSwitcher } from './session/state-switcher.ts';
import { listVariables, type Variables, type VariablesOptions } from './session/variables.ts';
import type { RetentionOptions } from './states/retention.ts';
import type { State, Target } from './states/states.ts';

export type { Question } from './protocol/connection.ts';
export type { End } from './runs/ends.ts';
export type { Policy } from './runs/policies.ts';
export type { Outcome, RunOptions } from './runs/runs.ts';
export type { Transaction } from './runs/transactions.ts';
export type { CheckpointOptions, Checkpoints, Failed, Saving } from './saving/session-checkpoints.ts';
export type { ExplainOptions, Explanation } from './session/explanations.ts';
export type { Status } from './session/phase.ts';
export type { Death } from './session/session-state.ts';
export type { Move } from './session/state-switcher.ts';
export type { Variable, Variables, VariablesOptions } from './session/variables.ts';
export type { State, Target } from './states/states.ts';

export interface SessionOptions extends StartOptions {
  /** The file to which every byte of output is appended, and how much of it is kept; none by default. */
  transcript?: string | TranscriptOptions;
  /** When a copy of the state is kept, and how much they may hold. */
  states?: { keep?: 'every run' | 'when asked' } & RetentionOptions;
  /** Where it is saved, and whether automatically too; it cannot be saved by default. */
  checkpoints?: CheckpointOptions;
}

/** Open a session; it is `starting` until its Python answers. */
export function openSession(options: SessionOptions): Session {
  return new Session(options);
}

export class Session extends EventEmitter<SessionEvents> {
  /** The session on disk. */
  readonly checkpoints: Checkpoints;
  readonly #transcript: Transcript | undefined;
  readonly #core: SessionState;
  readonly #scheduler: RunScheduler;
  readonly #switcher: StateSwitcher;
  readonly #lifecycle: Lifecycle;
  #closing: Promise<void> | undefined;

  constructor(options: SessionOptions) {
    super();
    this.#transcript = this.#openTranscript(options.transcript);
    const { keep = 'every run', ...retention } = options.states ?? {};
    this.#core = new SessionState(keep === 'every run', retention, {
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
      free: () => this.#scheduler.next(),
    });
    this.#scheduler = new RunScheduler(this.#core, this.#transcript);
    this.#switcher = new StateSwitcher(this.#core);
    this.#lifecycle = new Lifecycle(options, {
      core: this.#core,
      scheduler: this.#scheduler,
      switcher: this.#switcher,
      checkpoints: () => this.checkpoints,
      transcript: this.#transcript,
      output: (bytes) => this.emit('output', bytes),
      text: (text) => this.emit('text', text),
      fault: (error) => this.#fault(error),
    });
    this.checkpoints = this.#openCheckpoints(options);
    this.#lifecycle.start();
  }

  get status(): Status {
    return this.#core.phase.now;
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
    return this.#core.keepsEveryRun;
  }

  set keepsEveryRun(isWanted: boolean) {
    this.#core.keepsEveryRun = isWanted;
    this.emit('states');
  }

  /**
   * Execute code, after the runs that wait already, and after what excludes them: a move, a restart, a restore. Resolves
   * when its output is complete, and never rejects for what the code does: that is in the outcome.
   */
  run(code: string, options: RunOptions = {}): Promise<Outcome> {
    return this.#run(code, options);
  }

  /** Give keys to the running program, as a terminal does. */
  type(keys: string | Uint8Array): void {
    this.#core.connection.host.type(keys);
  }

  /** Whether the terminal makes an interrupt of Ctrl-C now; else the program takes it as any key. */
  makesInterrupts(): Promise<boolean> {
    return this.#core.connection.makesInterrupts();
  }

  /** Resolve with the keys that the last run was given and did not read (type-ahead). */
  async reclaim(): Promise<Buffer> {
    return (await this.#core.inquiries.ask<Reclaimed>({ kind: 'reclaim' })).payload;
  }

  /** Answer `input()`; `null` is end of file. A question that is no longer asked is left alone. */
  answer(question: number, text: string | null): void {
    const { phase, connection } = this.#core;
    if (phase.question?.id !== question) return;
    this.#transcript?.output(Buffer.from(`${phase.question.hidden ? '' : (text ?? '')}\r\n`));
    connection.host.answer(question, text);
    phase.ask(undefined);
  }

  /** Send SIGINT to the run that goes on, or to the save that holds it up; nothing while idle. */
  interrupt(): void {
    if (this.status.kind === 'saving') this.checkpoints.now?.cancel();
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
  name(name: string | null, state = this.state.id): Promise<State> {
    return this.#switcher.name(name, state);
  }

  /** Keep a copy of the state as it is; resolves with the state, whose `reason` says why there is none. */
  keep(): Promise<State> {
    return this.#switcher.keep();
  }

  /** Begin a transaction, within those that are open. */
  begin(): Promise<Transaction> {
    return this.#switcher.begin();
  }

  /** Keep what was run since the innermost transaction began. */
  commit(): Transaction {
    return this.#switcher.commit();
  }

  /** Go back to where the innermost transaction began, which is over when that has succeeded. */
  rollback(): Promise<Move> {
    return this.#switcher.rollBack();
  }

  /** Restart, with no names; the states before can still be gone to, unless it takes another process. */
  restart(): Promise<void> {
    return this.#core.gate.exclusive('restart', (turn) => this.#lifecycle.restart(turn));
  }

  /** End the session and everything in it; the program may take so long to end by itself, in milliseconds. */
  close(patience = FAREWELL_MS): Promise<void> {
    this.#closing ??= this.#close(patience);
    return this.#closing;
  }

  resize(columns: number, rows: number): void {
    this.#lifecycle.resize(columns, rows);
  }

  /** Stop and continue reading the terminal (flow control): Python then waits in its write. */
  pause(): void {
    this.#lifecycle.setPause('reader', true);
  }

  resume(): void {
    this.#lifecycle.setPause('reader', false);
  }

  /** Ask what can stand at the cursor, an offset in UTF-16 units; so is `start` of the answer. */
  complete(code: string, cursor: number): Promise<Completed> {
    return this.#core.inquiries.complete(code, cursor);
  }

  /** Ask for the signature of the call around the cursor, an offset in UTF-16 units. */
  describe(code: string, cursor: number): Promise<Described> {
    return this.#core.inquiries.describe(code, cursor);
  }

  /** Tell what is to be said of `a.b.c`: signature, documentation, where it is defined, and its source where wanted. */
  explain(name: string, options: ExplainOptions = {}): Promise<Explanation> {
    return explain(this.#core, name, options);
  }

  /** Tell what the names of a state stand for, or what is inside of a value; while a run goes on, as before it. */
  variables(options: VariablesOptions = {}): Promise<Variables> {
    return listVariables(this.#core, options);
  }

  /** Ask whether code is ready to run. Answered, as all questions, when no run is going on. */
  async check(code: string): Promise<Checked> {
    return (await this.#core.inquiries.ask<Checked>({ kind: 'check', code })).message;
  }

  /** Ask for a script's statements and commands. */
  async split(code: string): Promise<Chunks> {
    return (await this.#core.inquiries.ask<Chunks>({ kind: 'split', code })).message;
  }

  #run(code: string, options: RunOptions, owner: Turn | null = null): Promise<Outcome> {
    const { runs, gate } = this.#core;
    const outcome = runs.add(code, options, owner);
    if (this.status.kind === 'ended' && gate.runsOf !== undefined) {
      this.#core.endRuns(this.status.end);
    } else {
      this.#scheduler.next();
    }
    return outcome;
  }

  async #close(patience: number): Promise<void> {
    const { gate, timeline } = this.#core;
    await this.checkpoints.finish();
    await this.#lifecycle.letFinish(patience, () => this.#run('', { style: 'exit' }));
    gate.close(new CodedError('ENDED', 'The session is closed; open another.'));
    this.#core.phase.expectEnd('close');
    timeline.close();
    await this.#lifecycle.end('close');
    await gate.settled();
    await this.checkpoints.close();
    await this.#transcript?.close();
  }

  #openTranscript(options: SessionOptions['transcript']): Transcript | undefined {
    const full = (isFull: boolean) => this.#lifecycle.setPause('transcript', isFull);
    return options ? new Transcript(options, { full, failed: (error) => this.#fault(error) }) : undefined;
  }

  #openCheckpoints({ python, checkpoints, cwd = process.cwd() }: SessionOptions): Checkpoints {
    return new Checkpoints({
      core: this.#core,
      options: checkpoints,
      python,
      cwd,
      transcript: this.#transcript,
      run: (code, options, owner) => this.#run(code, options, owner),
      restart: (turn) => this.#core.gate.exclusive('move', (inner) => this.#lifecycle.restart(inner), turn),
      move: (target, turn) => this.#switcher.move(target, turn),
      fault: (error) => this.#fault(error),
    });
  }

  #fault(error: Error): void {
    if (!this.#core.phase.isClosed) this.emit('fault', error);
  }
}
