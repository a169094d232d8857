/** One Python from its start to its end: the host process, its live state, and the channels to both. */

import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import type {
  Ended,
  Foreseen,
  HostReport,
  HostRequest,
  Inspect,
  Inspected,
  Lost,
  Probed,
  Report,
  Request,
  Save,
  Signal,
  Start,
  Uninspected,
  Unwoken,
  Wake,
} from '../../contract/messages.ts';
import { Channel } from './channel.ts';
import { foundFailure, type HostFailure, toldFailure } from './host-failure.ts';
import { type HostOptions, startHost } from './host-start.ts';
import { OutputMultiplexer } from './output-multiplexer.ts';
import { openMaster, Pty } from './pty.ts';
import type { Text } from './text-streams.ts';

/** Descriptors of the child, as `host.py` knows them; 3 is the master. */
const [CONTROL, REQUESTS, ANSWERS, BULK] = [4, 5, 6, 7] as const;

const TOKEN_BYTES = 16;
const COMPLAINT_LIMIT_BYTES = 65_536;

interface HostEvents {
  /** The first live state exists, and this is its process. */
  born: [number];
  /** A report of the live state, and its payload. */
  report: [Report, Buffer];
  output: [Buffer];
  text: [Text];
  /** A mark has passed, with all output before it. */
  mark: [number];
  /** The live state of this number has ended; its output may still be on its way to the mark. */
  ended: [Ended, number];
  lost: [Lost];
  unwoken: [Unwoken];
  foreseen: [Foreseen];
  probed: [Probed];
  /** What a describer tells. */
  describer: [Inspected | Uninspected, Buffer];
  /** Nothing is left of this Python: the process is gone and the terminal closed. */
  gone: [];
}

export class HostProcess extends EventEmitter<HostEvents> {
  readonly #process: ChildProcess;
  readonly #control: Channel<HostReport>;
  readonly #requests: Channel<Report>;
  readonly #answers: Channel<{ kind: string }>;
  readonly #pty: Pty | undefined;
  readonly #multiplexer: OutputMultiplexer;
  readonly #bulk: Duplex;
  /** What separates the messages for one live state from those for the next. */
  #barrier: Buffer = Buffer.alloc(0);
  #life = 0;
  #complaint = '';
  #failure: HostFailure | null = null;
  #open: Set<'process' | 'terminal'>;

  constructor(options: HostOptions) {
    super();
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    this.#multiplexer = new OutputMultiplexer(token, {
      output: (bytes) => void this.emit('output', bytes),
      text: (text) => void this.emit('text', text),
      mark: (number) => void this.emit('mark', number),
    });
    const master = options.streams ? undefined : openMaster();
    this.#process = startHost(options, master);
    this.#open = new Set(master === undefined ? ['process'] : ['process', 'terminal']);
    this.#control = this.#openChannel(CONTROL);
    this.#requests = this.#openChannel(REQUESTS);
    this.#answers = this.#openChannel(ANSWERS);
    this.#bulk = this.#stdio(BULK);
    this.#watch();
    if (master !== undefined) {
      this.#pty = this.#openPty(master);
    }
    const { columns, rows, texts = false } = options;
    const terminal = master !== undefined;
    const ignored = (options.ignored ?? []).map((name) => constants.signals[name]);
    this.#tell({ kind: 'start', token, columns, rows, terminal, texts, ignored } satisfies Start);
  }

  /** The number of its live state, as the host has told so far: each that takes another's place has the next. */
  get life(): number {
    return this.#life;
  }

  /** What the process said on its standard error before it had a terminal: why it did not start. */
  get complaint(): string {
    return this.#complaint.trim();
  }

  /** Of what it has ended, where that was not to be. */
  get failure(): HostFailure | null {
    return this.#failure;
  }

  /** Whether anything is left of this Python. */
  get isOpen(): boolean {
    return this.#open.size > 0;
  }

  send(request: Request): void {
    this.#requests.send(request);
  }

  /** Have a copy kept of the state as it is now. */
  freeze(state: number): void {
    this.#requests.send({ kind: 'freeze', state });
  }

  /** Have names and values put back that were noted of a state. */
  restore(state: number): void {
    this.#requests.send({ kind: 'restore', state });
  }

  answer(question: number, text: string | null): void {
    this.#answers.send({ kind: 'answer', question, text });
  }

  signal(name: Signal['name']): void {
    this.#tell({ kind: 'signal', name });
  }

  resize(columns: number, rows: number): void {
    this.#tell({ kind: 'resize', columns, rows });
  }

  /** Ask what the terminal makes of Ctrl-C now; `probed` is emitted. */
  probe(): void {
    this.#tell({ kind: 'probe' });
  }

  type(keys: string | Uint8Array): void {
    this.#pty?.write(keys);
  }

  pause(): void {
    this.#pty?.pause();
    this.#bulk.pause();
  }

  resume(): void {
    this.#pty?.resume();
    this.#bulk.resume();
  }

  /**
   * Put a frozen state in the live one's place; `mark` is the last that has passed, `alone` ends all that the session
   * started.
   */
  wake({ state, mark, alone }: Pick<Wake, 'state' | 'mark' | 'alone'>): void {
    const text = randomBytes(TOKEN_BYTES).toString('hex');
    const barrier = Buffer.from(text);
    this.resume();
    this.#requests.expect(barrier);
    if (this.#pty) {
      this.#multiplexer.expect(barrier);
    }
    this.#barrier = barrier;
    this.#tell({ kind: 'wake', state, barrier: text, mark, alone });
  }

  /** Have a frozen state tell what has changed since; `foreseen` is emitted. */
  foresee(state: number): void {
    this.#tell({ kind: 'foresee', state });
  }

  drop(states: number[]): void {
    this.#tell({ kind: 'drop', states });
  }

  /** Have a checkpoint written: by a copy of the frozen state, or by the live state itself. */
  save(save: Save, isLive: boolean): void {
    if (isLive) {
      this.#requests.send(save);
    } else {
      this.#tell(save);
    }
  }

  /** End a writer that the host has made. */
  cancel(id: number): void {
    this.#tell({ kind: 'cancel', id });
  }

  /** Have a copy of a frozen state tell what its names stand for; `describer` is emitted. */
  inspect(question: Inspect): void {
    this.#tell(question);
  }

  /** End a describer. */
  abandon(id: number): void {
    this.#tell({ kind: 'abandon', id });
  }

  /** End it with everything in its session: the host does so when its channel closes. */
  close(): void {
    this.#control.close();
    this.resume();
  }

  #tell(request: HostRequest): void {
    this.#control.send(request);
  }

  #stdio(descriptor: number): Duplex {
    // Types know five descriptors only; these are sockets, as all of Node's pipes on Unix.
    return (this.#process.stdio as unknown as Duplex[])[descriptor] as Duplex;
  }

  #openChannel<Message extends { kind: string }>(descriptor: number): Channel<Message> {
    const channel = new Channel<Message>(this.#stdio(descriptor));
    channel.on('broken', (error) => {
      this.emit('report', { kind: 'fault', text: error.message }, Buffer.alloc(0));
      this.close();
    });
    return channel;
  }

  #openPty(master: number): Pty {
    return new Pty(
      master,
      (bytes) => this.#multiplexer.terminal(bytes),
      () => {
        this.#multiplexer.terminalEnd();
        this.#leave('terminal');
      },
    );
  }

  #watch(): void {
    this.#process.stderr?.on('data', (bytes: Buffer) => {
      this.#complaint = (this.#complaint + bytes.toString()).slice(-COMPLAINT_LIMIT_BYTES);
    });
    this.#bulk.on('data', (bytes: Buffer) => this.#multiplexer.beside(bytes));
    this.#bulk.on('end', () => this.#multiplexer.besideEnd());
    this.#bulk.on('error', () => this.#bulk.destroy());
    this.#process.on('error', (error) => {
      this.#complaint ||= error.message;
      this.#pty?.close();
      this.#leave('process');
    });
    this.#process.on('close', (code, signal) => {
      this.#failure ??= foundFailure(code, signal, this.complaint);
      this.#control.close();
      this.#requests.close();
      this.#answers.close();
      this.#bulk.resume();
      this.#pty?.closeWhenQuiet();
      this.#leave('process');
    });
    this.#control.on('frame', ({ message, payload }) => {
      switch (message.kind) {
        // What the live state said before its end can be read by now, on its own channel: it comes first.
        case 'ended':
          return void this.#tellEnd(message, this.#life);
        case 'frozen':
          return void setImmediate(() => this.emit('report', message, payload));
        case 'vacant':
          this.#life += 1;
          this.#requests.bar(this.#barrier);
          return this.#answers.bar(this.#barrier);
        case 'lost':
          return void this.emit('lost', message);
        case 'unwoken':
          return void this.emit('unwoken', message);
        case 'foreseen':
          return void this.emit('foreseen', message);
        case 'probed':
          return void this.emit('probed', message);
        case 'inspected':
        case 'uninspected':
          return void this.emit('describer', message, payload);
        case 'saving':
        case 'saved':
        case 'unsaved':
        case 'fault':
          return void this.emit('report', message, payload);
        case 'born':
          return void this.emit('born', message.pid);
        case 'broken':
          this.#failure = toldFailure(message.text);
          return;
      }
    });
    this.#requests.on('frame', ({ message, payload }) => this.emit('report', message, payload));
  }

  #tellEnd(ended: Ended, life: number): void {
    setImmediate(() => this.emit('ended', ended, life));
  }

  #leave(part: 'process' | 'terminal'): void {
    if (this.#open.delete(part) && this.#open.size === 0) {
      this.emit('gone');
    }
  }
}
