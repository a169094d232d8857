import { EventEmitter } from 'node:events';
import type {
  Checked,
  Chunks,
  Completed,
  Described,
  Done,
  Ended,
  Ready,
  Reclaimed,
  Report,
  Returned,
} from '../contract/messages.ts';
import { CONTRACT_VERSION } from '../contract/messages.ts';
import { describeEnd, type End } from './ends.ts';
import { sessionEnvironment } from './environment.ts';
import { Host, type Streams } from './host.ts';
import { Inquiries } from './inquiries.ts';
import type { KeepingOptions } from './keeping.ts';
import { codePoints, codeUnits } from './offsets.ts';
import { ENDING_MARK, Order } from './order.ts';
import { POLICIES } from './policies.ts';
import { type Outcome, type RunOptions, Runs } from './runs.ts';
import { isReachable, NOT_KEPT, type State } from './states.ts';
import { Timeline } from './timeline.ts';
import type { Transaction } from './transactions.ts';
import { Transcript } from './transcript.ts';

export type { End } from './ends.ts';
export type { Policy } from './policies.ts';
export type { Outcome, RunOptions } from './runs.ts';
export type { State } from './states.ts';
export type { Transaction } from './transactions.ts';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
/** A run that was told to die may take so long to begin. */
const KILL_AFTER_MS = 1000;

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
  states?: { keep?: 'every run' | 'when asked' } & KeepingOptions;
}

export interface Question {
  id: number;
  prompt: string;
  hidden: boolean;
}

export type Status =
  | { kind: 'starting' }
  | { kind: 'idle' }
  /** `obstacle`: why the run cannot be undone, in a clause; `null` where it can. */
  | { kind: 'running'; run: number; obstacle: string | null }
  | { kind: 'asking'; run: number | null; question: Question }
  /** Going to another state. */
  | { kind: 'moving'; state: number }
  | { kind: 'ended'; end: End };

/** Python died, and the session went back to a state that it had kept. */
export interface Death {
  end: End;
  /** The run that it cost; `null` where none was going on. */
  run: number | null;
  /** The state that the session is in now. */
  state: State;
  /** What could not be brought back, a clause each. */
  notes: readonly string[];
}

/** Where the session went, and what could not be brought back. */
export interface Move {
  state: State;
  notes: readonly string[];
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
  readonly #options: SessionOptions;
  readonly #transcript: Transcript | undefined;
  readonly #inquiries = new Inquiries((request) => this.#host.send(request));
  #host!: Host;
  #ready!: Promise<Ready>;
  #python: Ready | null = null;
  #status: Status = { kind: 'starting' };
  #prompts = { ps1: '>>> ', ps2: '... ' };
  #size: { columns: number; rows: number };
  readonly #runs = new Runs();
  readonly #timeline: Timeline;
  #order = new Order();
  #question: Question | undefined;
  #endAsked = false;
  #wasKilled = false;
  #closed = false;
  #isKept: boolean;
  /** States in which Python died with no run going on: they are not gone back to twice. */
  #deadly = new Set<number>();
  /** The mark behind the last run that is over. */
  #lastMark = 0;
  /** The state that the current run leads to. */
  #destination = 0;
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
    this.#isKept = keep === 'every run';
    this.#timeline = new Timeline({
      host: () => this.#host,
      order: () => this.#order,
      changed: () => this.emit('states'),
      keeping,
    });
    this.#start();
  }

  get status(): Status {
    return this.#status;
  }

  /** What Python said of itself; `null` before it answered. */
  get python(): Ready | null {
    return this.#python;
  }

  /** `str(sys.ps1)` and `str(sys.ps2)` as they are now. */
  get prompts(): { ps1: string; ps2: string } {
    return this.#prompts;
  }

  /** Resolve when this Python has answered; reject, with words, when it cannot be started. */
  whenReady(): Promise<Ready> {
    return this.#ready;
  }

  /** All states of this session, oldest first: a tree by their `parent`. */
  get states(): readonly State[] {
    return this.#timeline.states.all;
  }

  /** The state that the session is in. */
  get state(): State {
    return this.#timeline.states.current;
  }

  /** The number of the state that a redo leads to; `null` where there is nothing to redo. */
  get redoesTo(): number | null {
    return this.#timeline.states.forward;
  }

  /** The state that a death now, or a kill, would lead back to; `null` where the names would be lost. */
  get refuge(): State | null {
    return this.#python?.capabilities.includes('states') ? this.#timeline.refuge : null;
  }

  /** The transactions that are open, the outermost first. */
  get transactions(): readonly Transaction[] {
    return this.#timeline.transactions.open;
  }

  /** What the kept states hold beside the live one, in bytes; `null` where nobody can tell. */
  get held(): number | null {
    return this.#timeline.held;
  }

  /** Whether a copy is kept after every run, or only when asked. */
  get keepsEveryRun(): boolean {
    return this.#isKept;
  }

  set keepsEveryRun(isKept: boolean) {
    this.#isKept = isKept;
    this.emit('states');
  }

  /**
   * Execute code, after the runs that wait already; resolves when its output is complete.
   * Never rejects for what the code does: that is in the outcome.
   */
  run(code: string, options: RunOptions = {}): Promise<Outcome> {
    const outcome = this.#runs.add(code, options);
    if (this.#status.kind === 'ended') {
      this.#endRuns(this.#status.end);
    } else {
      this.#next();
    }
    return outcome;
  }

  /** Give keys to the running program, as a terminal does. */
  type(keys: string | Uint8Array): void {
    this.#host.type(keys);
  }

  /** Resolve with the keys that the last run was given and did not read (type-ahead). */
  async reclaim(): Promise<Buffer> {
    const { payload } = await this.#inquiries.ask<Reclaimed>({ kind: 'reclaim' });
    return payload;
  }

  /** Answer `input()`; `null` is end of file. A question that is no longer asked is left alone. */
  answer(question: number, text: string | null): void {
    if (this.#question?.id !== question) {
      return;
    }
    this.#transcript?.output(Buffer.from(`${this.#question.hidden ? '' : (text ?? '')}\r\n`));
    this.#question = undefined;
    this.#host.answer(question, text);
    this.#settle();
  }

  /** Send SIGINT to the run that goes on; nothing while idle. */
  interrupt(): void {
    if (this.#runs.current) {
      // What is printed must be read for the run to come to its end.
      this.#host.resume();
    }
    if (this.#runs.interrupt()) {
      this.#host.signal('SIGINT');
    }
  }

  /** Send SIGKILL to the live state; the session then goes back to the state before the run. */
  kill(): void {
    this.#host.resume();
    if (this.#runs.kill()) {
      this.#sendKill();
    } else {
      const { current } = this.#runs;
      // It has not even begun: perhaps Python hangs while it keeps the run before.
      setTimeout(
        () => current === this.#runs.current && !current?.hasStarted && this.#sendKill(),
        KILL_AFTER_MS,
      );
    }
  }

  /** Go back so many runs; rejects with words where that cannot be done, and the session is where it was. */
  undo(steps = 1): Promise<Move> {
    return this.#move(() => this.#timeline.states.before(steps));
  }

  /** Take back so many undos. */
  redo(steps = 1): Promise<Move> {
    return this.#move(() => this.#timeline.states.after(steps));
  }

  /** Go to any state, by its number or its name; what runs from there is a branch of its own. */
  goTo(state: number | string): Promise<Move> {
    return this.#move(() => {
      const { id } = this.#timeline.states.find(String(state));
      return this.#timeline.states.reachable(id);
    });
  }

  /** Name a state, the current one by default, so that it is kept longest; `null` takes the name away. */
  async name(name: string | null, state = this.state.id): Promise<State> {
    if (name !== null && (!/\S/.test(name) || /^\d+$/.test(name))) {
      throw new Error('A name has at least one letter; a number alone would be a state’s.');
    }
    if (name !== null && state === this.state.id && this.#status.kind === 'idle') {
      await this.#timeline.keep();
    }
    this.#timeline.states.name(state, name);
    this.emit('states');
    return this.#timeline.states.get(state);
  }

  /** Keep a copy of the state as it is; resolves with the state, whose `reason` says why there is none. */
  keep(): Promise<State> {
    this.#mustRest();
    return this.#timeline.keep();
  }

  /** Begin a transaction, within those that are open. */
  async begin(): Promise<Transaction> {
    this.#mustRest();
    const { id, copy, reason } = await this.#timeline.keep();
    if (copy !== 'frozen' && copy !== 'fresh') {
      throw new Error(`No transaction can begin here: ${reason}.`);
    }
    const transaction = { state: id, since: this.#runs.last + 1 };
    this.#timeline.transactions.begin(transaction);
    this.emit('states');
    return transaction;
  }

  /** Keep what was run since the innermost transaction began. */
  commit(): Transaction {
    const transaction = this.#timeline.transactions.end('commit');
    this.emit('states');
    return transaction;
  }

  /** Go back to where the innermost transaction began. */
  async rollback(): Promise<Move> {
    this.#mustRest();
    const transaction = this.#timeline.transactions.end('roll back');
    try {
      return await this.#move(() => this.#timeline.states.reachable(transaction.state));
    } finally {
      this.emit('states');
    }
  }

  /** Start anew, with no names; the states before can still be gone to, unless it takes another process. */
  async restart(): Promise<void> {
    if (this.#closed) {
      throw new Error('The session is closed; open another.');
    }
    if (await this.#goToStart()) {
      return;
    }
    await this.#endHost();
    this.#start();
    this.#setStatus({ kind: 'starting' });
    await this.#ready;
  }

  /** End the session and everything in it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timeline.close();
    await this.#endHost();
    await this.#transcript?.close();
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    this.#host.resize(columns, rows);
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
    const { message } = await this.#inquiries.ask<Completed>({ kind: 'complete', code, cursor: at });
    return { ...message, start: codeUnits(code, message.start) };
  }

  /** Ask for the signature of the call around the cursor, an offset in UTF-16 units. */
  async describe(code: string, cursor: number): Promise<Described> {
    const at = codePoints(code, cursor);
    return (await this.#inquiries.ask<Described>({ kind: 'describe', code, cursor: at })).message;
  }

  /** Ask whether code is ready to run. Answered, as all questions, when no run is going on. */
  async check(code: string): Promise<Checked> {
    return (await this.#inquiries.ask<Checked>({ kind: 'check', code })).message;
  }

  /** Ask for a script's statements and commands. */
  async split(code: string): Promise<Chunks> {
    return (await this.#inquiries.ask<Chunks>({ kind: 'split', code })).message;
  }

  #start(): void {
    const { python, cwd = process.cwd(), env = process.env, streams } = this.#options;
    this.#endAsked = false;
    this.#python = null;
    this.#order = new Order();
    this.#lastMark = 0;
    this.#deadly.clear();
    this.#timeline.restart();
    const host = new Host({
      python,
      cwd,
      streams,
      ...this.#size,
      env: sessionEnvironment(env, streams === undefined),
    });
    this.#host = host;
    this.#ready = new Promise((resolve, reject) => {
      host.on('report', (report, payload) => this.#report(report, payload, resolve, reject));
      host.once('gone', () => reject(new Error(whyNotStarted(python, host.complaint))));
    });
    // Nobody may be listening; the status says it too.
    this.#ready.catch(() => undefined);
    host.on('output', (bytes) => this.#output(bytes));
    host.on('mark', (mark) => this.#order.pass(mark));
    host.on('born', (pid) => this.#timeline.born(pid));
    host.on('lost', ({ state, reason }) => this.#timeline.lost(state, reason));
    host.on('unwoken', (message) => this.#timeline.unwoken(message));
    host.on('ended', (message) => {
      // Nothing it still prints may be held up by a reader that waits for its end.
      host.resume();
      this.#afterMark(ENDING_MARK, () => void this.#died(message));
    });
    host.once('gone', () => this.#gone());
  }

  async #endHost(): Promise<void> {
    this.#endAsked = true;
    if (this.#host.isOpen) {
      const gone = new Promise((resolve) => this.#host.once('gone', () => resolve(undefined)));
      this.#host.close();
      await gone;
    }
  }

  #report(
    report: Report,
    payload: Buffer,
    ready: (python: Ready) => void,
    refuse: (error: Error) => void,
  ): void {
    switch (report.kind) {
      case 'ready':
        if (report.version !== CONTRACT_VERSION) {
          refuse(
            new Error(
              `Python speaks version ${report.version} of the contract, this program ${CONTRACT_VERSION}.`,
            ),
          );
          this.#host.close();
          return;
        }
        this.#python = report;
        this.#prompts = { ps1: report.ps1, ps2: report.ps2 };
        this.#settle();
        ready(report);
        this.#next();
        return;
      case 'started':
        this.#started();
        return;
      // What is said of a state comes after the run that led to it.
      case 'frozen':
        this.#afterLastRun(() => this.#timeline.frozen(report));
        return;
      case 'refused':
        this.#afterLastRun(() => {
          this.#timeline.refused(report);
          this.#settleRun();
        });
        return;
      case 'returned':
        this.#afterMark(report.mark, () => this.#timeline.returned(report));
        return;
      case 'done':
        this.#lastMark = report.mark;
        this.#afterMark(report.mark, () => this.#done(report));
        return;
      case 'ask':
        this.#afterMark(report.mark, () => {
          this.#question = { id: report.question, prompt: report.prompt, hidden: report.hidden };
          this.#settle();
        });
        return;
      case 'withdraw':
        this.#withdraw(report.question);
        return;
      case 'fault':
        this.#fault(new Error(report.text));
        return;
      case 'completed':
      case 'described':
      case 'checked':
      case 'chunks':
      case 'reclaimed':
        this.#inquiries.answer(report, payload);
        return;
      default:
        this.#fault(
          new Error(`Python sent a message that nobody knows: ${JSON.stringify(report satisfies never)}`),
        );
    }
  }

  #started(): void {
    const wanted = this.#runs.started();
    if (wanted === 'SIGKILL') {
      this.#sendKill();
    } else if (wanted) {
      this.#host.signal(wanted);
    }
  }

  #sendKill(): void {
    this.#endAsked = true;
    this.#wasKilled = true;
    this.#host.signal('SIGKILL');
  }

  #output(bytes: Buffer): void {
    this.#transcript?.output(bytes);
    this.emit('output', bytes);
  }

  /** Call `then` when all output before the mark has been emitted; without a terminal none is ours to emit. */
  #afterMark(mark: number, then: () => void): void {
    if (this.#options.streams) {
      then();
    } else {
      this.#order.after(mark, then);
    }
  }

  /** Call `then` when the last run that Python has told of is over for us too. */
  #afterLastRun(then: () => void): void {
    if (this.#lastMark > 0) {
      this.#afterMark(this.#lastMark, then);
    } else {
      then();
    }
  }

  #withdraw(question: number): void {
    if (this.#question?.id === question) {
      this.#question = undefined;
      this.#settle();
    }
  }

  #next(): void {
    const isReady = this.#python && this.#status.kind !== 'moving' && this.#status.kind !== 'ended';
    const next = isReady ? this.#runs.next() : undefined;
    if (!next) {
      return;
    }
    this.#transcript?.run(next.request.code, this.#prompts);
    if (next.policy === 'commit_always' || isReachable(this.state)) {
      this.#send(next);
    } else {
      void this.#sendSafely(next);
    }
  }

  /** A run that may be rolled back needs a copy of the state before it. */
  async #sendSafely(next: Next): Promise<void> {
    this.#settle();
    const { reason, ...state } = await this.#timeline.keep();
    if (this.#runs.current?.request.id !== next.request.id) {
      return; // Python has died meanwhile, and the run with it.
    }
    if (isReachable({ reason, ...state })) {
      this.#send(next);
      return;
    }
    const outcome = this.#runs.refuse(`The run was not begun, as it could not be rolled back: ${reason}.`);
    this.#tell(outcome);
  }

  #send({ request, policy }: Next): void {
    const states = this.#timeline.states;
    if (policy === 'explicit') {
      this.#timeline.transactions.begin({ state: states.current.id, since: request.id });
    }
    const isKept = this.#isKept && this.#python?.capabilities.includes('states');
    this.#destination = states.next();
    this.#settle();
    this.#host.send({
      ...request,
      state: isKept || policy !== 'commit_always' ? this.#destination : null,
      keep: isKept ? POLICIES[policy].keep : 'never',
    });
  }

  #done(done: Done): void {
    this.#prompts = { ps1: done.ps1, ps2: done.ps2 };
    const { current } = this.#runs;
    if (done.outcome === 'exiting') {
      this.#endAsked = true;
      this.#runs.exiting(done);
      return;
    }
    const { policy = 'commit_always', request } = current ?? {};
    const meaning = POLICIES[policy];
    if (meaning.isDropped(done.outcome)) {
      void this.#rollBack(done);
      return;
    }
    this.#deadly.clear();
    const isKept = this.#isKept && this.#python?.capabilities.includes('states') === true;
    this.#timeline.arrive({
      id: this.#destination,
      code: request?.code ?? '',
      done,
      isCopied: isKept && (meaning.keep === 'always' || done.outcome === 'ok'),
    });
    this.#tell(this.#runs.finish(done, true));
  }

  /** Drop what a run did: go back to the state that it began in. */
  async #rollBack(done: Done): Promise<void> {
    this.#setStatus({ kind: 'moving', state: this.state.id });
    const { states } = this.#timeline;
    const returned = await this.#timeline.recover(() => states.nearest(states.current.id));
    if (returned) {
      this.#arrived(returned);
      this.#tell(this.#runs.finish(done, false));
    } else {
      this.#end(describeEnd(UNKNOWN, false));
    }
  }

  /** Tell what became of a run, and go on with the next. */
  #tell([outcome, tell]: [Outcome, () => void]): void {
    if (!this.#runs.areWaiting) {
      this.#settle();
    }
    this.emit('outcome', outcome);
    tell();
    this.#next();
  }

  async #move(target: () => State): Promise<Move> {
    this.#mustRest();
    const from = this.state.id;
    this.#setStatus({ kind: 'moving', state: from });
    let notes: readonly string[];
    try {
      await this.#timeline.copied(from);
      const { id } = target();
      const left = await this.#timeline.keep();
      this.#setStatus({ kind: 'moving', state: id });
      this.#refuseInquiries();
      notes = await this.#wake(id, left);
    } finally {
      // A death on the way has set another status.
      if ((this.#status as Status).kind === 'moving') {
        this.#settle();
        this.#next();
      }
    }
    return { state: this.state, notes };
  }

  /** Wake the state; where it cannot be, go back to where the session was, and say so. */
  async #wake(id: number, left: State): Promise<readonly string[]> {
    try {
      const returned = await this.#timeline.wake(id);
      this.#arrived(returned);
      const gone = isReachable(left) ? [] : [`state ${left.id} cannot be gone back to: ${left.reason}`];
      return [...returned.notes, ...gone];
    } catch (error) {
      const reason = (error as Error).message;
      const back = await this.#timeline.recover(() => this.#timeline.states.nearest(left.id));
      if (!back) {
        this.#end(describeEnd(UNKNOWN, false));
        throw error;
      }
      this.#arrived(back);
      const where =
        back.state === left.id ? 'The session is where it was' : `The session is in state ${back.state}`;
      throw new Error(`State ${id} could not be woken: ${reason}. ${where}.`, { cause: error });
    }
  }

  #arrived({ ps1, ps2 }: Returned): void {
    this.#prompts = { ps1, ps2 };
    this.#endAsked = false;
  }

  #mustRest(): void {
    switch (this.#status.kind) {
      case 'idle':
        return;
      case 'running':
        throw new Error('A run is going on; stop it first.');
      case 'asking':
        throw new Error('The program asks something; answer it first.');
      case 'moving':
        throw new Error('The session is on its way to another state.');
      default:
        throw new Error('There is no Python; start it again first.');
    }
  }

  /** Begin anew by way of the first state, which keeps the others; return whether that was possible. */
  async #goToStart(): Promise<boolean> {
    const { kind } = this.#status;
    if (!this.#host.isOpen || !this.#python?.capabilities.includes('states') || kind === 'starting') {
      return false;
    }
    if (kind === 'idle') {
      await this.#timeline.keep();
    }
    this.#setStatus({ kind: 'moving', state: 0 });
    this.#refuseInquiries();
    this.#question = undefined;
    this.#endRuns(describeEnd(UNKNOWN, true));
    try {
      this.#arrived(await this.#timeline.wake(0, true));
    } catch {
      return false; // Another process will do.
    }
    this.#settle();
    this.#next();
    return true;
  }

  /** The live state has ended: by itself, as it was told to, or as it woke. */
  async #died(ended: Pick<Ended, 'status' | 'signal' | 'stack'>): Promise<void> {
    const end = describeEnd(ended, this.#endAsked);
    const wasWaking = this.#timeline.isWaking;
    this.#timeline.died(end.words);
    if (wasWaking || this.#status.kind === 'ended') {
      return;
    }
    this.#question = undefined;
    this.#refuseInquiries();
    const exited = this.#runs.current?.exiting || (this.#endAsked && !this.#wasKilled);
    this.#wasKilled = false;
    const returned = exited || this.#closed ? null : await this.#recover();
    if (!returned) {
      this.#end(end);
      return;
    }
    this.#arrived(returned);
    const { state } = this;
    this.emit('death', { end, run: this.#runs.current?.request.id ?? null, state, notes: returned.notes });
    // Who waits for a run is told when the session can be used again.
    const over = this.#runs.end(end);
    this.#settle();
    this.#tellAll(over);
  }

  /** Go back to the state before the run that Python died in, where that is not to lose all. */
  async #recover(): Promise<Returned | null> {
    const { id } = this.state;
    if (!this.#python?.capabilities.includes('states')) {
      return null;
    }
    if (!this.#runs.current) {
      if (this.#deadly.has(id)) {
        return null;
      }
      this.#deadly.add(id);
    }
    this.#setStatus({ kind: 'moving', state: id });
    return this.#timeline.recover(() => this.#timeline.refuge);
  }

  #refuseInquiries(): void {
    this.#inquiries.refuse(new Error('The session has gone to another state.'));
  }

  /** Nothing is left of this Python, its host included. */
  #gone(): void {
    this.#timeline.gone();
    this.#end(describeEnd(UNKNOWN, this.#endAsked));
  }

  #end(end: End): void {
    if (this.#status.kind === 'ended') {
      return;
    }
    this.#question = undefined;
    this.#inquiries.refuse(new Error(end.words));
    this.#setStatus({ kind: 'ended', end });
    this.#endRuns(end);
  }

  #endRuns(end: End): void {
    this.#tellAll(this.#runs.end(end));
  }

  #tellAll(ended: [Outcome, () => void][]): void {
    for (const [outcome, tell] of ended) {
      this.emit('outcome', outcome);
      tell();
    }
  }

  /** Bring the status in line with what is going on; on the way to another state that waits. */
  #settle(): void {
    if (this.#timeline.isWaking) {
      return;
    }
    if (this.#question) {
      this.#setStatus({
        kind: 'asking',
        run: this.#runs.current?.request.id ?? null,
        question: this.#question,
      });
    } else if (this.#runs.current) {
      const { obstacle } = this.#timeline.states;
      this.#setStatus({
        kind: 'running',
        run: this.#runs.current.request.id,
        obstacle: obstacle === NOT_KEPT ? null : obstacle,
      });
    } else {
      this.#setStatus({ kind: 'idle' });
    }
  }

  /** What is known of the run that goes on has changed. */
  #settleRun(): void {
    if (this.#status.kind === 'running') {
      this.#settle();
    }
  }

  #setStatus(status: Status): void {
    this.#status = status;
    this.emit('status', status);
  }

  #setPause(reason: 'reader' | 'transcript', isWanted: boolean): void {
    if (isWanted) {
      this.#pauses.add(reason);
    } else {
      this.#pauses.delete(reason);
    }
    if (this.#pauses.size > 0) {
      this.#host.pause();
    } else {
      this.#host.resume();
    }
  }

  #fault(error: Error): void {
    if (!this.#closed) {
      this.emit('fault', error);
    }
  }
}

/** Nobody can say how it ended. */
const UNKNOWN = { status: null, signal: null, stack: null };

type Next = NonNullable<ReturnType<Runs['next']>>;

function whyNotStarted(python: string, complaint: string): string {
  const said = complaint ? ` It said: ${complaint}` : '';
  return `${python} could not be started as a Python of version 3.8 or later.${said}`;
}
