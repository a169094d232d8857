/**
 * Cuts the marks out of a terminal's output.
 *
 * A pty is asynchronous inside the kernel: that a reply has come does not mean that the output before it
 * has. So Python writes a mark behind it, `ESC _ pyrepl3 ; TOKEN ; NUMBER ESC \`, an application command that a
 * terminal would ignore, with a token that a program cannot guess.
 */

const ESCAPE = 0x1b;
const TERMINATOR = Buffer.from('\x1b\\');
const NUMBER_LIMIT = 16;

export class MarkFilter {
  readonly #prefix: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(token: string) {
    this.#prefix = Buffer.from(`\x1b_pyrepl3;${token};`);
  }

  /** Pass output on and report marks, in the order in which they stand. */
  push(bytes: Buffer, output: (bytes: Buffer) => void, mark: (number: number) => void): void {
    let rest = this.#held.length > 0 ? Buffer.concat([this.#held, bytes]) : bytes;
    this.#held = rest.subarray(rest.length);
    for (;;) {
      const start = rest.indexOf(this.#prefix);
      if (start < 0) {
        break;
      }
      const digits = start + this.#prefix.length;
      const end = rest.indexOf(TERMINATOR, digits);
      if (end < 0 && rest.length - digits < NUMBER_LIMIT) {
        this.#hold(rest, start, output);
        return;
      }
      if (start > 0) {
        output(rest.subarray(0, start));
      }
      mark(Number(rest.toString('latin1', digits, end)));
      rest = rest.subarray(end + TERMINATOR.length);
    }
    this.#hold(rest, this.#beginning(rest), output);
  }

  /** Return what is held back: the end of the output looked like the beginning of a mark. */
  end(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  #hold(rest: Buffer, from: number, output: (bytes: Buffer) => void): void {
    if (from > 0) {
      output(rest.subarray(0, from));
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
