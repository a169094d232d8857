/** A queue of bytes that knows how many lines are in it. */

interface Part {
  bytes: Buffer;
  lines: number;
}

/** Writes up to this size are joined to the one before, so that a million of them are not a million parts. */
const SMALL_BYTES = 4 * 1024;

/** Parts are no larger, so that what is dropped from the front is not much more than what should be. */
const PART_BYTES = 16 * 1024;

export class Queue {
  #parts: Part[] = [];
  #bytes = 0;
  #lines = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get lines(): number {
    return this.#lines;
  }

  push(bytes: Buffer): void {
    for (let start = 0; start < bytes.length; start += PART_BYTES) {
      this.#pushPart(bytes.subarray(start, start + PART_BYTES));
    }
  }

  /** Remove the oldest part if this many lines are left without it; `null` where they are not. */
  shiftBefore(lines: number): Buffer | null {
    const [first] = this.#parts;
    return first && this.#lines - first.lines >= lines ? this.#shift() : null;
  }

  /** Remove parts from the front while they fit; one at least. */
  take(most: number): Buffer {
    const taken: Buffer[] = [];
    let room = most;
    for (
      let first = this.#parts[0];
      first && (taken.length === 0 || first.bytes.length <= room);
      first = this.#parts[0]
    ) {
      room -= first.bytes.length;
      taken.push(this.#shift());
    }
    return Buffer.concat(taken);
  }

  /** Put everything of another queue in front, and leave that one empty. */
  prepend(other: Queue): void {
    this.#parts = [...other.#parts, ...this.#parts];
    this.#bytes += other.#bytes;
    this.#lines += other.#lines;
    other.#parts = [];
    other.#bytes = 0;
    other.#lines = 0;
  }

  #pushPart(bytes: Buffer): void {
    const lines = countLines(bytes);
    const last = this.#parts.at(-1);
    this.#bytes += bytes.length;
    this.#lines += lines;
    if (last && last.bytes.length + bytes.length <= SMALL_BYTES) {
      last.bytes = Buffer.concat([last.bytes, bytes]);
      last.lines += lines;
    } else this.#parts.push({ bytes, lines });
  }

  #shift(): Buffer {
    const { bytes, lines } = this.#parts.shift() ?? { bytes: Buffer.alloc(0), lines: 0 };
    this.#bytes -= bytes.length;
    this.#lines -= lines;
    return bytes;
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
