/** A session: a Python that stays, over any number of runs, and starts again when it has ended. */

import { EventEmitter } from 'node:events';
import type {
  Checked,
  Chunks,
  Completed,
  Described,
  Done,
  Ended,
  Failure,
  Ready,
  Reclaimed,
  Report,
  Request,
} from '../contract/messages.ts';
import { CONTRACT_VERSION } from '../contract/messages.ts';
import { describeEnd, type End } from './ends.ts';
import { sessionEnvironment } from './environment.ts';
import { Host, type Streams } from './host.ts';
import { Inquiries } from './inquiries.ts';
import { codePoints, codeUnits } from './offsets.ts';
import { Transcript } from './transcript.ts';

export type { End } from './ends.ts';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
/** The mark that the host writes behind all output of a live state that has ended. */
const ENDING_MARK = 0;

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

/** What became of a run. */
export interface Outcome {
  run: number;
  outcome: Done['outcome'] | 'died';
  failure: Failure | null;
  /** How long the user's code ran, in seconds; `null` where Python died in it or before it began. */
  seconds: number | null;
  /** How Python ended, where it did in this run. */
  end: End | null;
}

export interface RunOptions {
  /** The file that the code is from, for tracebacks. */
  file?: string;
  /** The line of that file on which the code begins, from 1. */
  line?: number;
  /** `prompt` (default): the last expression is shown; `single`: one statement as at CPython's prompt. */
  style?: 'prompt' | 'single';
}

interface SessionEvents {
  /** Bytes that the session printed, in order, ours cut out. */
  output: [Buffer];
  status: [Status];
  /** A run is over, and all of its output has been emitted. */
  outcome: [Outcome];
  /** Something on our own side failed; the session goes on where it can. */
  fault: [Error];
}

interface Waiting {
  id: number;
  code: string;
  options: RunOptions;
  resolve: (outcome: Outcome) => void;
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
  #lastRun = 0;
  #waiting: Waiting[] = [];
  #running: Waiting | undefined;
  #hasStarted = false;
  #interruptWanted = false;
  #question: Question | undefined;
  #marked = new Map<number, () => void>();
  #lastMark = 0;
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
    return new Promise((resolve) => {
      this.#lastRun += 1;
      const run = { id: this.#lastRun, code, options, resolve };
      if (this.#status.kind === 'ended') {
        resolve(died(run, this.#status.end));
        return;
      }
      this.#waiting.push(run);
      this.#next();
    });
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
    if (!this.#running) {
      return;
    }
    // What is printed must be read for the run to come to its end.
    this.#host.resume();
    if (this.#hasStarted) {
      this.#host.signal('SIGINT');
    } else {
      this.#interruptWanted = true;
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
    this.#lastMark = 0;
    this.#marked.clear();
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
    host.on('mark', (mark) => this.#mark(mark));
    host.once('ended', (message) => {
      ended = message;
      // Nothing it still prints may be held up by a reader that waits for its end.
      host.resume();
      if (!streams) {
        this.#afterMark(ENDING_MARK, () => this.#ended(message));
      }
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
        this.#hasStarted = true;
        if (this.#interruptWanted) {
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

  /** Call `then` when all output before the mark has been emitted. */
  #afterMark(mark: number, then: () => void): void {
    const isPast =
      mark === ENDING_MARK ? this.#options.streams !== undefined || this.#ending : mark <= this.#lastMark;
    if (isPast) {
      then();
    } else {
      this.#marked.set(mark, then);
    }
  }

  #ending = false;

  #mark(mark: number): void {
    if (mark === ENDING_MARK) {
      this.#ending = true;
    } else {
      this.#lastMark = mark;
    }
    const then = this.#marked.get(mark);
    this.#marked.delete(mark);
    then?.();
  }

  #withdraw(question: number): void {
    if (this.#question?.id === question) {
      this.#question = undefined;
      this.#settle();
    }
  }

  #next(): void {
    if (this.#running || !this.#python || this.#status.kind === 'ended') {
      return;
    }
    const run = this.#waiting.shift();
    if (!run) {
      return;
    }
    this.#running = run;
    this.#hasStarted = false;
    this.#interruptWanted = false;
    this.#transcript?.run(run.code, this.#prompts);
    this.#settle();
    const { file = null, line = 1, style = 'prompt' } = run.options;
    this.#host.send({ kind: 'run', id: run.id, code: run.code, file, line, style });
  }

  #done(done: Done): void {
    const run = this.#running;
    if (!run || run.id !== done.id) {
      this.#fault(new Error(`Python reports the end of run ${done.id}, which is not going on.`));
      return;
    }
    this.#prompts = { ps1: done.ps1, ps2: done.ps2 };
    const { outcome, failure, seconds } = done;
    if (outcome === 'exiting') {
      this.#endAsked = true;
      this.#exiting = { run, done };
      return;
    }
    this.#running = undefined;
    this.#finish(run, { run: run.id, outcome, failure, seconds, end: null });
  }

  #exiting: { run: Waiting; done: Done } | undefined;

  #finish(run: Waiting, outcome: Outcome): void {
    if (this.#waiting.length === 0) {
      this.#settle();
    }
    this.emit('outcome', outcome);
    run.resolve(outcome);
    this.#next();
  }

  #ended(ended: Pick<Ended, 'status' | 'signal' | 'stack'>): void {
    if (this.#status.kind === 'ended') {
      return;
    }
    const end = describeEnd(ended, this.#endAsked);
    const exiting = this.#exiting;
    const runs = [...(this.#running ? [this.#running] : []), ...this.#waiting];
    this.#running = undefined;
    this.#exiting = undefined;
    this.#question = undefined;
    this.#ending = false;
    this.#waiting = [];
    this.#marked.clear();
    this.#inquiries.refuse(new Error(end.words));
    this.#setStatus({ kind: 'ended', end });
    for (const run of runs) {
      const isExit = exiting?.run === run;
      const outcome: Outcome = isExit
        ? { run: run.id, outcome: 'exiting', failure: null, seconds: exiting.done.seconds, end }
        : died(run, end);
      this.emit('outcome', outcome);
      run.resolve(outcome);
    }
  }

  /** Bring the status in line with what is going on. */
  #settle(): void {
    if (this.#question) {
      this.#setStatus({ kind: 'asking', run: this.#running?.id ?? null, question: this.#question });
    } else if (this.#running) {
      this.#setStatus({ kind: 'running', run: this.#running.id });
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

function died(run: Waiting, end: End): Outcome {
  return { run: run.id, outcome: 'died', failure: null, seconds: null, end };
}

function whyNotStarted(python: string, complaint: string): string {
  const said = complaint ? ` It said: ${complaint}` : '';
  return `${python} could not be started as a Python of version 3.8 or later.${said}`;
}
