/**
 * Puts a session's output together: what comes through the terminal, and the large blocks beside it.
 *
 * The kernel's line discipline looks at each newline, which makes a flood of short lines half as fast as
 * through a pipe. So Python sends large pieces through a socket, and in the terminal stands a mark in their
 * place: what follows it waits until the block has arrived.
 */

import { FAILURE, MarkFilter, type OutputPart, TAKEOVER } from './mark-filter.ts';
import { OtherScreen } from './other-screen.ts';
import { type Text, TextStreams } from './text-streams.ts';

interface Receiver {
  output: (bytes: Buffer) => void;
  /** What Python printed, after it was output. */
  text: (text: Text) => void;
  /** A numbered mark has passed, with all output before it. */
  mark: (number: number) => void;
}

interface Block {
  left: number;
  /** Whether the terminal would have made `\r\n` of `\n`. */
  isProcessed: boolean;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BLOCK = /^([nr])(\d+)$/;

export class OutputMultiplexer {
  readonly #marks: MarkFilter;
  readonly #receiver: Receiver;
  readonly #texts: TextStreams;
  /** What came through the terminal and has not been passed on: it stands behind a block. */
  #pieces: OutputPart[] = [];
  #block: Block | undefined;
  #beside: Buffer[] = [];
  #besideEnded = false;
  #barrier: Buffer | undefined;
  /** While the barrier is awaited: what may be the beginning of it. */
  #held = Buffer.alloc(0);
  /** What came behind the barrier, once that is there. */
  #behind: Buffer | undefined;
  #isTakenOver = false;
  readonly #screen = new OtherScreen();

  constructor(token: string, receiver: Receiver) {
    this.#marks = new MarkFilter(token);
    this.#receiver = receiver;
    this.#texts = new TextStreams(receiver.text);
  }

  /** Take bytes that came through the terminal. */
  terminal(bytes: Buffer): void {
    this.#pieces.push(...this.#marks.push(bytes));
    this.#go();
  }

  /** Take bytes that came beside it. */
  beside(bytes: Buffer): void {
    if (this.#behind) {
      this.#behind = Buffer.concat([this.#behind, bytes]);
    } else if (this.#barrier) {
      this.#lookForBarrier(this.#barrier, bytes);
    } else {
      this.#beside.push(bytes);
    }
    this.#go();
  }

  /** Another process takes over: what it writes beside the terminal begins behind this barrier. */
  expect(barrier: Buffer): void {
    this.#barrier = barrier;
  }

  #lookForBarrier(barrier: Buffer, bytes: Buffer): void {
    const received = Buffer.concat([this.#held, bytes]);
    const at = received.indexOf(barrier);
    const end = at < 0 ? Math.max(0, received.length - barrier.length + 1) : at;
    if (end > 0) {
      this.#beside.push(received.subarray(0, end));
    }
    this.#held = at < 0 ? received.subarray(end) : Buffer.alloc(0);
    this.#behind = at < 0 ? undefined : received.subarray(at + barrier.length);
  }

  /** Nothing more comes beside: Python has ended, perhaps within a block. */
  besideEnd(): void {
    this.#besideEnded = true;
    if (this.#held.length > 0) {
      this.#beside.push(this.#held);
      this.#held = Buffer.alloc(0);
    }
    this.#go();
  }

  /** The terminal is closed: pass on what looked like the beginning of a mark. */
  terminalEnd(): void {
    const rest = this.#marks.end();
    if (rest.length > 0) {
      this.#pieces.push(rest);
    }
    this.besideEnd();
  }

  #go(): void {
    while (this.#isBlockFilled() && this.#isAtBarrier()) {
      const piece = this.#pieces.shift();
      if (piece === undefined) {
        return;
      }
      if (typeof piece !== 'string') {
        this.#output(piece);
        this.#texts.output(piece);
      } else {
        this.#mark(piece);
      }
    }
  }

  #output(bytes: Buffer): void {
    this.#screen.follow(bytes);
    this.#receiver.output(bytes);
  }

  /** A traceback would vanish with the screen that the program has left behind. */
  #leaveScreen(): void {
    const left = this.#screen.leave();
    if (left !== '') {
      this.#receiver.output(Buffer.from(left));
    }
  }

  #mark(text: string): void {
    const block = BLOCK.exec(text);
    if (text === TAKEOVER) {
      this.#texts.end();
      this.#isTakenOver = true;
    } else if (text === FAILURE) {
      this.#leaveScreen();
    } else if (block) {
      this.#block = { left: Number(block[2]), isProcessed: block[1] === 'n' };
    } else if (!this.#texts.mark(text)) {
      this.#receiver.mark(Number(text));
    }
  }

  /** Return whether nothing is awaited before what the next process writes. */
  #isAtBarrier(): boolean {
    if (!this.#isTakenOver) {
      return true;
    }
    if (!this.#behind) {
      return this.#besideEnded;
    }
    this.#beside = this.#behind.length > 0 ? [this.#behind] : [];
    this.#behind = undefined;
    this.#barrier = undefined;
    this.#block = undefined;
    this.#isTakenOver = false;
    return true;
  }

  /** Pass on what there is of the block; return whether nothing is awaited any more. */
  #isBlockFilled(): boolean {
    while (this.#block && this.#block.left > 0) {
      const first = this.#beside.shift();
      if (!first) {
        // The process that promised more was killed.
        return this.#besideEnded || this.#behind !== undefined;
      }
      const part = first.subarray(0, this.#block.left);
      if (part.length < first.length) {
        this.#beside.unshift(first.subarray(part.length));
      }
      this.#block.left -= part.length;
      this.#output(this.#block.isProcessed ? withReturns(part) : part);
    }
    return true;
  }
}

/** Return the bytes with `\r\n` for each `\n`, as the kernel's `ONLCR` makes it. */
function withReturns(bytes: Buffer): Buffer {
  const returned = Buffer.allocUnsafe(2 * bytes.length);
  let length = 0;
  // A plain loop: four times as fast as `replaceAll`, eight times as `indexOf` and `copy`.
  for (const byte of bytes) {
    if (byte === NEWLINE) {
      returned[length++] = RETURN;
    }
    returned[length++] = byte;
  }
  return returned.subarray(0, length);
}
