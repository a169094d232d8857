/** A session: a Python that stays, over any number of runs, and starts again when it has ended. */

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
} from '../contract/messages.ts';
import { CONTRACT_VERSION } from '../contract/messages.ts';
import { describeEnd, type End } from './ends.ts';
import { sessionEnvironment } from './environment.ts';
import { Host, type Streams } from './host.ts';
import { Inquiries } from './inquiries.ts';
import { codePoints, codeUnits } from './offsets.ts';
import { ENDING_MARK, Order } from './order.ts';
import { type Outcome, type RunOptions, Runs } from './runs.ts';
import { Transcript } from './transcript.ts';

export type { End } from './ends.ts';
export type { Outcome, RunOptions } from './runs.ts';

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
}

export interface Question {
  id: number;
  prompt: string;
  hidden: boolean;
}

export type Status =
  | { kind: 'starting' }
  | { kind: 'idle' }
  | { kind: 'running'; run: number }
  | { kind: 'asking'; run: number | null; question: Question }
  | { kind: 'ended'; end: End };

interface SessionEvents {
  /** Bytes that the session printed, in order, ours cut out. */
  output: [Buffer];
  status: [Status];
  /** A run is over, and all of its output has been emitted. */
  outcome: [Outcome];
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
  #order = new Order();
  #question: Question | undefined;
  #endAsked = false;
  #closed = false;
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

  /** Send SIGKILL to the live state; the session is `ended` afterwards. */
  kill(): void {
    this.#endAsked = true;
    this.#host.resume();
    this.#host.signal('SIGKILL');
  }

  /** End what is there and start anew: an empty namespace in the same session. */
  async restart(): Promise<void> {
    await this.#endHost();
    if (this.#closed) {
      throw new Error('The session is closed; open another.');
    }
    this.#start();
    this.#setStatus({ kind: 'starting' });
    await this.#ready;
  }

  /** End the session and everything in it. */
  async close(): Promise<void> {
    this.#closed = true;
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
    const host = new Host({
      python,
      cwd,
      streams,
      ...this.#size,
      env: sessionEnvironment(env, streams === undefined),
    });
    this.#host = host;
    let ended: Ended | undefined;
    this.#ready = new Promise((resolve, reject) => {
      host.on('report', (report, payload) => this.#report(report, payload, resolve, reject));
      host.once('gone', () => reject(new Error(whyNotStarted(python, host.complaint))));
    });
    // Nobody may be listening; the status says it too.
    this.#ready.catch(() => undefined);
    host.on('output', (bytes) => this.#output(bytes));
    host.on('mark', (mark) => this.#order.pass(mark));
    host.once('ended', (message) => {
      ended = message;
      // Nothing it still prints may be held up by a reader that waits for its end.
      host.resume();
      this.#afterMark(ENDING_MARK, () => this.#ended(message));
    });
    host.once('gone', () => this.#ended(ended ?? { status: null, signal: null, stack: null }));
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
        if (this.#runs.started()) {
          this.#host.signal('SIGINT');
        }
        return;
      case 'done':
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

  #withdraw(question: number): void {
    if (this.#question?.id === question) {
      this.#question = undefined;
      this.#settle();
    }
  }

  #next(): void {
    const request = this.#python ? this.#runs.next() : undefined;
    if (request) {
      this.#transcript?.run(request.code, this.#prompts);
      this.#settle();
      this.#host.send(request);
    }
  }

  #done(done: Done): void {
    this.#prompts = { ps1: done.ps1, ps2: done.ps2 };
    if (done.outcome === 'exiting') {
      this.#endAsked = true;
      this.#runs.exiting(done);
      return;
    }
    const [outcome, tell] = this.#runs.finish(done);
    if (!this.#runs.areWaiting) {
      this.#settle();
    }
    this.emit('outcome', outcome);
    tell();
    this.#next();
  }

  #ended(ended: Pick<Ended, 'status' | 'signal' | 'stack'>): void {
    if (this.#status.kind === 'ended') {
      return;
    }
    const end = describeEnd(ended, this.#endAsked);
    this.#question = undefined;
    this.#inquiries.refuse(new Error(end.words));
    this.#setStatus({ kind: 'ended', end });
    this.#endRuns(end);
  }

  #endRuns(end: End): void {
    for (const [outcome, tell] of this.#runs.end(end)) {
      this.emit('outcome', outcome);
      tell();
    }
  }

  /** Bring the status in line with what is going on. */
  #settle(): void {
    if (this.#question) {
      this.#setStatus({
        kind: 'asking',
        run: this.#runs.current?.request.id ?? null,
        question: this.#question,
      });
    } else if (this.#runs.current) {
      this.#setStatus({ kind: 'running', run: this.#runs.current.request.id });
    } else {
      this.#setStatus({ kind: 'idle' });
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

function whyNotStarted(python: string, complaint: string): string {
  const said = complaint ? ` It said: ${complaint}` : '';
  return `${python} could not be started as a Python of version 3.8 or later.${said}`;
}
