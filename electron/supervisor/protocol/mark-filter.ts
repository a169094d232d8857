/**
 * Cuts the marks out of a terminal's output.
 *
 * A pty is asynchronous inside the kernel: that a reply has come does not mean that the output before it
 * has. So Python writes a mark behind it, `ESC _ pyrepl3 ; TOKEN ; TEXT ESC \`, an application command that a
 * terminal would ignore, with a token that a program cannot guess. The text is the mark's number, or stands
 * for a block that comes beside the terminal: `n` or `r` and its length (`output-multiplexer.ts`), or is `x`: another process
 * writes from here on, or `f`: a traceback follows. Others say which text is that of which stream (`text-streams.ts`).
 */

const ESCAPE = 0x1b;
const TERMINATOR = Buffer.from('\x1b\\');

/** The text of the mark behind which another process writes. */
export const TAKEOVER = 'x';
/** The text of the mark behind which a run tells how it failed. */
export const FAILURE = 'f';

/** Output, or the text of a mark. */
export type OutputPart = Buffer | string;

export class MarkFilter {
  readonly #prefix: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(token: string) {
    this.#prefix = Buffer.from(`\x1b_pyrepl3;${token};`);
  }

  /** Return the output and the texts of the marks in it, in the order in which they stand. */
  push(bytes: Buffer): OutputPart[] {
    let rest = this.#held.length > 0 ? Buffer.concat([this.#held, bytes]) : bytes;
    const pieces: OutputPart[] = [];
    for (;;) {
      const start = rest.indexOf(this.#prefix);
      const text = start + this.#prefix.length;
      const end = start < 0 ? -1 : rest.indexOf(TERMINATOR, text);
      if (end < 0) {
        this.#hold(rest, start < 0 ? this.#beginning(rest) : start, pieces);
        return pieces;
      }
      // A process that is killed may leave half a mark behind: the next one stands in it, or right behind it.
      const last = rest.subarray(0, end).lastIndexOf(this.#prefix);
      const mark = rest.toString('latin1', last + this.#prefix.length, end);
      const before = rest.subarray(0, start);
      const output = mark === TAKEOVER ? before.subarray(0, this.#beginning(before)) : before;
      if (output.length > 0) {
        pieces.push(output);
      }
      pieces.push(mark);
      rest = rest.subarray(end + TERMINATOR.length);
    }
  }

  /** Return what is held back: the end of the output looked like the beginning of a mark. */
  end(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  #hold(rest: Buffer, from: number, pieces: OutputPart[]): void {
    if (from > 0) {
      pieces.push(rest.subarray(0, from));
    }
    this.#held = rest.subarray(from);
  }

  /** Return where a mark cut off by the end of the bytes may begin. */
  #beginning(rest: Buffer): number {
    const earliest = Math.max(0, rest.length - this.#prefix.length + 1);
    for (let at = rest.indexOf(ESCAPE, earliest); at >= 0; at = rest.indexOf(ESCAPE, at + 1)) {
      if (this.#prefix.subarray(0, rest.length - at).equals(rest.subarray(at))) {
        return at;
      }
    }
    return rest.length;
  }
}
