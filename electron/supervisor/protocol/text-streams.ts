/** Takes apart what Python printed by its streams, where marks in the terminal's output say whose text it is. */

import { StringDecoder } from 'node:string_decoder';

/** A piece of what Python printed. */
export interface Text {
  stream: 'stdout' | 'stderr';
  text: string;
}

/** `on` and `or`: the text of stdout begins, whose newlines the terminal processes or leaves; `e`, `o`: the stream changes. */
const MARK = /^([oe])([nr])?$/;
const END = '.';
const STREAMS = { o: 'stdout', e: 'stderr' } as const;

export class TextStreams {
  readonly #tell: (text: Text) => void;
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  /** Whose text the output is; `null` for that of nobody whom we know: C code, a child process. */
  #stream: Text['stream'] | null = null;
  #isProcessed = true;
  /** A carriage return that may have been made of the newline which comes next. */
  #held = '';

  constructor(tell: (text: Text) => void) {
    this.#tell = tell;
  }

  /** Take a mark; false where it is one of others. */
  mark(mark: string): boolean {
    const [, stream, way] = MARK.exec(mark) ?? [];
    if (stream === undefined && mark !== END) {
      return false;
    }
    this.end();
    this.#stream = stream === undefined ? null : STREAMS[stream as 'o' | 'e'];
    this.#isProcessed = way === undefined ? this.#isProcessed : way === 'n';
    return true;
  }

  /** Take output as the terminal shows it. */
  output(bytes: Buffer): void {
    if (this.#stream === null) {
      return;
    }
    const text = this.#held + this.#decoders[this.#stream].write(bytes);
    this.#held = this.#isProcessed && text.endsWith('\r') ? '\r' : '';
    const whole = text.slice(0, text.length - this.#held.length);
    this.#say(this.#isProcessed ? whole.replaceAll('\r\n', '\n') : whole);
  }

  /** What is written from here on is nobody's, until a mark says otherwise: the process that wrote has gone, or is done. */
  end(): void {
    this.#say(this.#held);
    this.#held = '';
    this.#stream = null;
  }

  #say(text: string): void {
    if (this.#stream !== null && text !== '') {
      this.#tell({ stream: this.#stream, text });
    }
  }
}
