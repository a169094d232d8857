/** A session's Python from its start to its end: what it reports goes to the part that it is for. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Loaded, Loading, Ready } from '../../contract/messages.ts';
import { background } from '../platform/background.ts';
import { sessionEnvironment } from '../platform/interpreter.ts';
import { Connection, type Question } from '../protocol/connection.ts';
import type { Streams } from '../protocol/host-start.ts';
import type { Text } from '../protocol/text-streams.ts';
import { describeEnd } from '../runs/ends.ts';
import type { Transcript } from '../runs/transcript.ts';
import type { Turn } from './gate.ts';
import type { Wish } from './phase.ts';
import type { RunScheduler } from './run-scheduler.ts';
import { type SessionState, UNKNOWN_END } from './session-state.ts';
import type { StateSwitcher } from './state-switcher.ts';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
/** A program that is left may take so long to end, unless it is given another time. */
export const FAREWELL_MS = 2_000;

/** How a Python is started. */
export interface StartOptions {
  /** The interpreter's executable, as `findInterpreter` resolves it. */
  python: string;
  /** Where the session starts; this process's own folder by default. */
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** `sys.argv`, by default a single empty string, as at a prompt; where the first names a file, that is the script. */
  argv?: readonly string[];
  /** The signals that Python ignores from the beginning, as whoever started the program did; none by default. */
  ignored?: readonly NodeJS.Signals[];
  /** The terminal's size, in cells. */
  columns?: number;
  rows?: number;
  /** Batch mode: no pty; the session's descriptors 0, 1 and 2 are these of ours. */
  streams?: Streams;
  /** Whether `text` tells what Python prints stream by stream, which makes a flood of output slower; not in batch mode. */
  texts?: boolean;
}

/** What restores checkpoints into the session. */
interface Restores {
  restart(): void;
  loading(report: Loading): void;
  loaded(report: Loaded): void;
}

interface Parts {
  core: SessionState;
  scheduler: RunScheduler;
  switcher: StateSwitcher;
  checkpoints: () => Restores;
  transcript: Transcript | undefined;
  output: (bytes: Buffer) => void;
  text: (text: Text) => void;
  fault: (error: Error) => void;
}

export class Lifecycle {
  readonly #options: StartOptions;
  readonly #parts: Parts;
  #size: { columns: number; rows: number };
  #pauses = new Set<'reader' | 'transcript'>();

  constructor(options: StartOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.#size = { columns: options.columns ?? DEFAULT_COLUMNS, rows: options.rows ?? DEFAULT_ROWS };
  }

  start(): void {
    const { core, switcher, checkpoints } = this.#parts;
    const { python, cwd = process.cwd(), env = process.env, streams, argv, ignored, texts } = this.#options;
    const connection = new Connection({
      python,
      cwd,
      streams,
      argv,
      ignored,
      texts,
      ...this.#size,
      env: sessionEnvironment(env, streams === undefined),
    });
    core.connection = connection;
    core.python = null;
    checkpoints().restart();
    core.timeline.restart();
    switcher.forgive();
    this.#follow(connection);
    core.phase.start();
  }

  /** Restart, with no names: by way of the first state, which keeps the others, or else in another process. */
  async restart(turn: Turn): Promise<void> {
    if (await this.#parts.switcher.goToStart(turn)) {
      return;
    }
    await this.end('restart');
    turn.signal.throwIfAborted();
    this.start();
    await this.#parts.core.connection.whenReady();
  }

  /** Let a program that rests end as it would by itself: its files are written, its threads waited for, in bounded time. */
  async letFinish(patience: number, exit: () => Promise<unknown>): Promise<void> {
    if (patience > 0 && this.#parts.core.phase.is('idle')) {
      await Promise.race([exit(), wait(patience, undefined, { ref: false })]);
    }
  }

  /** End Python, with everything in the session; resolves when nothing is left. */
  async end(wish: Wish): Promise<void> {
    const { phase, connection } = this.#parts.core;
    phase.expectEnd(wish);
    await connection.end();
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    this.#parts.core.connection.host.resize(columns, rows);
  }

  /** Stop reading the terminal for this reason, or no longer. */
  setPause(reason: 'reader' | 'transcript', isWanted: boolean): void {
    if (isWanted) {
      this.#pauses.add(reason);
    } else {
      this.#pauses.delete(reason);
    }
    const { host } = this.#parts.core.connection;
    if (this.#pauses.size > 0) {
      host.pause();
    } else {
      host.resume();
    }
  }

  #follow(connection: Connection): void {
    const { core, scheduler, switcher, transcript, output, text, fault } = this.#parts;
    connection.on('ready', (python) => this.#greet(python));
    connection.on('output', (bytes) => {
      transcript?.output(bytes);
      output(bytes);
    });
    connection.on('text', text);
    connection.on('started', () => scheduler.started());
    connection.on('done', (done) => {
      switcher.forgive();
      scheduler.done(done);
    });
    connection.on('asked', (question) => this.#ask(question));
    connection.on('withdrawn', (question) => core.phase.question?.id === question && this.#ask(undefined));
    connection.on('reply', (reply, payload) => core.inquiries.answer(reply, payload));
    connection.on('describer', (report, payload) => core.describers.heard(report, payload));
    connection.on('ended', (ended, life) =>
      background(switcher.died(ended, life), 'going back after a death'),
    );
    connection.on('gone', () => this.#lose());
    connection.on('fault', (error) => fault(error));
    this.#followStates(connection);
    this.#followCheckpoints(connection);
  }

  #followStates(connection: Connection): void {
    const { timeline, phase } = this.#parts.core;
    connection.on('born', (pid) => timeline.born(pid));
    connection.on('frozen', (report) => timeline.frozen(report));
    connection.on('refused', (report) => {
      timeline.refused(report);
      phase.retell();
    });
    connection.on('noted', (report) => {
      timeline.noted(report);
      phase.retell();
    });
    connection.on('lost', ({ state, reason }) => timeline.lost(state, reason));
    connection.on('returned', (report) => {
      // What the state that was left has asked; the other may ask in the same breath.
      phase.ask(undefined);
      timeline.returned(report);
    });
    connection.on('unwoken', (report) => timeline.unwoken(report));
    connection.on('foreseen', (report) => timeline.foreseen(report));
  }

  #followCheckpoints(connection: Connection): void {
    const { core, checkpoints } = this.#parts;
    connection.on('writer', (report) => {
      core.writers.heard(report);
      core.phase.settle();
      core.listeners.free();
    });
    connection.on('loading', (report) => checkpoints().loading(report));
    connection.on('loaded', (report) => checkpoints().loaded(report));
  }

  #greet(python: Ready): void {
    const { core, scheduler } = this.#parts;
    core.python = python;
    core.prompts = { ps1: python.ps1, ps2: python.ps2 };
    core.phase.ready();
    scheduler.next();
  }

  #ask(question: Question | undefined): void {
    this.#parts.core.phase.ask(question);
  }

  /** Nothing of this Python is left. */
  #lose(): void {
    const { core } = this.#parts;
    core.timeline.gone();
    core.writers.leaveAll('Python’s host has ended');
    const { failure: host } = core.connection.host;
    core.end(describeEnd({ ...UNKNOWN_END, host }, core.phase.wish !== null));
  }
}
