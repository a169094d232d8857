/** A Python from its start to its end, and what it reports in the order of what it prints. */

import { EventEmitter } from 'node:events';
import type {
  Done,
  Ended,
  Foreseen,
  Frozen,
  Inspected,
  Loaded,
  Loading,
  Lost,
  Noted,
  Ready,
  Refused,
  Report,
  Returned,
  Saved,
  Saving,
  Uninspected,
  Unsaved,
  Unwoken,
} from '../../contract/messages.ts';
import { CONTRACT_VERSION } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import { HostProcess } from './host-process.ts';
import type { HostOptions } from './host-start.ts';
import type { Reply } from './inquiries.ts';
import { ENDING_MARK, OutputBarrier } from './output-barrier.ts';
import type { Text } from './text-streams.ts';

interface LifeEvents {
  ready: [Ready];
  output: [Buffer];
  text: [Text];
  started: [];
  done: [Done];
  frozen: [Frozen];
  refused: [Refused];
  noted: [Noted];
  returned: [Returned];
  /** The program asks, or (`null`) nobody waits any more for the answer to this question. */
  asked: [Question];
  withdrawn: [number];
  reply: [Reply, Buffer];
  /** How a writer of a checkpoint fares. */
  writer: [Saving | Saved | Unsaved];
  /** What a describer tells of the names of a state. */
  describer: [Inspected | Uninspected, Buffer];
  loading: [Loading];
  loaded: [Loaded];
  /** The first live state exists, and this is its process. */
  born: [number];
  lost: [Lost];
  unwoken: [Unwoken];
  foreseen: [Foreseen];
  /** The live state of this number is gone, and all that it printed has been emitted. */
  ended: [Ended, number];
  /** Nothing is left, the host included. */
  gone: [];
  fault: [Error];
}

export interface Question {
  id: number;
  prompt: string;
  hidden: boolean;
}

export class Connection extends EventEmitter<LifeEvents> {
  readonly host: HostProcess;
  readonly barrier = new OutputBarrier();
  readonly #hasTerminal: boolean;
  readonly #ready: Promise<Ready>;
  /** Who waits to hear what the terminal makes of Ctrl-C. */
  readonly #probes: ((interrupts: boolean) => void)[] = [];
  /** The mark behind the last run that is over. */
  #lastMark = 0;

  constructor(options: HostOptions) {
    super();
    this.#hasTerminal = options.streams === undefined;
    const host = new HostProcess(options);
    this.host = host;
    this.#ready = new Promise((resolve, reject) => {
      this.once('ready', resolve);
      host.on('report', (report, payload) => this.#report(report, payload, reject));
      host.once('gone', () =>
        reject(new CodedError('NOT_STARTED', whyNotStarted(options.python, host.complaint))),
      );
    });
    // Nobody may be listening; the status says it too.
    this.#ready.catch(() => undefined);
    host.on('output', (bytes) => this.emit('output', bytes));
    host.on('text', (text) => this.emit('text', text));
    host.on('mark', (mark) => this.barrier.pass(mark));
    host.on('born', (pid) => this.emit('born', pid));
    host.on('lost', (message) => this.emit('lost', message));
    host.on('unwoken', (message) => this.emit('unwoken', message));
    host.on('foreseen', (message) => this.emit('foreseen', message));
    host.on('probed', ({ interrupts }) => this.#probes.shift()?.(interrupts));
    host.on('describer', (message, payload) => this.emit('describer', message, payload));
    host.on('ended', (message, life) => {
      // Nothing it still prints may be held up by a reader that waits for its end.
      host.resume();
      this.#afterMark(ENDING_MARK, () => this.emit('ended', message, life));
    });
    host.once('gone', () => {
      for (const resolve of this.#probes.splice(0)) {
        resolve(false);
      }
      this.emit('gone');
    });
  }

  /** Resolve when Python has answered; reject, with words, when it cannot be started. */
  whenReady(): Promise<Ready> {
    return this.#ready;
  }

  /** Resolve with whether the terminal makes an interrupt of Ctrl-C now, in the order of the keys. */
  makesInterrupts(): Promise<boolean> {
    if (!this.#hasTerminal || !this.host.isOpen) {
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      this.#probes.push(resolve);
      this.host.probe();
    });
  }

  /** End it with everything in its session; resolves when nothing is left. */
  async end(): Promise<void> {
    if (this.host.isOpen) {
      const gone = new Promise((resolve) => this.host.once('gone', () => resolve(undefined)));
      this.host.close();
      await gone;
    }
  }

  #report(report: Report, payload: Buffer, refuse: (error: Error) => void): void {
    switch (report.kind) {
      case 'ready':
        if (report.version === CONTRACT_VERSION) {
          this.emit('ready', report);
        } else {
          refuse(new CodedError('NOT_STARTED', whyForeign(report.version)));
          this.host.close();
        }
        return;
      case 'started':
        this.emit('started');
        return;
      // What is said of a state comes after the run that led to it.
      case 'frozen':
        this.#afterLastRun(() => this.emit('frozen', report));
        return;
      case 'refused':
        this.#afterLastRun(() => this.emit('refused', report));
        return;
      case 'noted':
        this.#afterLastRun(() => this.emit('noted', report));
        return;
      case 'returned':
        this.#afterMark(report.mark, () => this.emit('returned', report));
        return;
      case 'done':
        this.#lastMark = report.mark;
        this.#afterMark(report.mark, () => this.emit('done', report));
        return;
      case 'ask': {
        const { question: id, prompt, hidden } = report;
        this.#afterMark(report.mark, () => this.emit('asked', { id, prompt, hidden }));
        return;
      }
      case 'withdraw':
        this.emit('withdrawn', report.question);
        return;
      case 'fault':
        this.emit('fault', new Error(report.text));
        return;
      case 'completed':
      case 'described':
      case 'checked':
      case 'chunks':
      case 'reclaimed':
      case 'inspected':
        this.emit('reply', report, payload);
        return;
      case 'saving':
      case 'saved':
      case 'unsaved':
        this.emit('writer', report);
        return;
      case 'loading':
        this.emit('loading', report);
        return;
      case 'loaded':
        this.emit('loaded', report);
        return;
      default:
        this.emit(
          'fault',
          new Error(`Python sent a message that nobody knows: ${JSON.stringify(report satisfies never)}`),
        );
    }
  }

  /** Call `then` when all output before the mark has been emitted; without a terminal none is ours to emit. */
  #afterMark(mark: number, then: () => void): void {
    if (this.#hasTerminal) {
      this.barrier.after(mark, then);
    } else {
      then();
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
}

function whyNotStarted(python: string, complaint: string): string {
  const said = complaint ? ` It said: ${complaint}` : '';
  return `${python} could not be started as a Python of version 3.8 or later.${said}`;
}

function whyForeign(version: number): string {
  return `Python speaks version ${version} of the contract, this program ${CONTRACT_VERSION}.`;
}
