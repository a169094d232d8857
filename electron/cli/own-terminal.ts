/** The user's own terminal: keys from it, bytes to it, and its modes as they were at the end. */

import { writeSync } from 'node:fs';
import type { Screen } from '../repl/controller/display.ts';
import { TypedDecoder } from '../repl/line-editor/typed-bytes.ts';

/** What we or a program may have switched on: paste marks, mouse, focus, insert mode, keypad, a hidden cursor, colours. */
const RESTORED =
  '\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[4l\x1b[?7h\x1b[?1l\x1b>\x1b[?25h\x1b[m';
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

export class Terminal implements Screen {
  readonly colours: boolean;
  readonly #input: typeof process.stdin;
  readonly #output: typeof process.stdout;
  readonly #decoder = new TypedDecoder();
  #isOpen = false;

  constructor(input: typeof process.stdin, output: typeof process.stdout, env: NodeJS.ProcessEnv) {
    this.#input = input;
    this.#output = output;
    this.colours = !env.NO_COLOR && env.TERM !== 'dumb';
  }

  get columns(): number {
    return this.#output.columns || USUAL_COLUMNS;
  }

  get rows(): number {
    return this.#output.rows || USUAL_ROWS;
  }

  write(data: string | Uint8Array): boolean {
    return this.#output.write(data);
  }

  onDrain(listener: () => void): void {
    this.#output.on('drain', listener);
  }

  onKeys(listener: (keys: string) => void): void {
    this.#input.on('data', (bytes: Buffer) => listener(this.#decoder.decode(bytes)));
  }

  onResize(listener: () => void): void {
    this.#output.on('resize', listener);
  }

  /** The terminal hung up: nobody types any more. */
  onEnd(listener: () => void): void {
    this.#input.on('end', listener).on('error', listener);
    this.#output.on('error', listener);
  }

  /** Every key comes as it is typed, Ctrl-C too. */
  open(): void {
    this.#isOpen = true;
    this.#input.setRawMode(true);
    this.#input.resume();
  }

  /** Give the terminal back as it was. Writes at once, so that it works while the process ends. */
  restore(): void {
    if (!this.#isOpen) {
      return;
    }
    this.#isOpen = false;
    try {
      writeSync(this.#output.fd, RESTORED);
      this.#input.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing to give back.
    }
  }
}
