/** What a run printed, however much: its beginning and its end, in bounded memory. */

import { readable } from './readable.ts';

/** So much is held, of what the terminal was given. */
const HEAD_BYTES = 32 * 1024;
const TAIL_BYTES = 64 * 1024;
/** So much is shown, in characters. */
const HEAD_CHARACTERS = 4_000;
const TAIL_CHARACTERS = 12_000;
const NEWLINE = 10;

/** What is shown of it. */
export interface Shown {
  head: string;
  /** What comes behind what is left out; empty where nothing is. */
  tail: string;
  /** How many lines are left out, and the first of them, from 1; `null` where all is shown. */
  omitted: { lines: number; from: number } | null;
}

export class RunOutput {
  #head = Buffer.alloc(0);
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #bytes = 0;
  #lines = 0;

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  take(bytes: Buffer): void {
    this.#bytes += bytes.length;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
      this.#lines += 1;
    }
    const room = HEAD_BYTES - this.#head.length;
    if (room > 0) {
      this.#head = Buffer.concat([this.#head, bytes.subarray(0, room)]);
    }
    this.#keepTail(bytes.subarray(Math.max(0, room)));
  }

  /** The beginning and the end; `edit` sees the text before it is cut. */
  shown(edit: (text: string) => string = (text) => text): Shown {
    const tail = Buffer.concat(this.#tail);
    if (this.#head.length + tail.length >= this.#bytes) {
      const text = edit(readable(Buffer.concat([this.#head, tail]).toString()));
      return text.length <= HEAD_CHARACTERS + TAIL_CHARACTERS
        ? { head: text, tail: '', omitted: null }
        : this.#cut(text, text);
    }
    return this.#cut(readable(this.#head.toString()), edit(readable(tail.toString())));
  }

  /** The last line that has something on it. */
  get lastLine(): string {
    const end = (this.#tail.at(-1) ?? this.#head).subarray(-2_000).toString();
    return readable(end).trimEnd().split('\n').at(-1) ?? '';
  }

  #keepTail(bytes: Buffer): void {
    if (bytes.length === 0) {
      return;
    }
    this.#tail.push(Buffer.from(bytes.subarray(-TAIL_BYTES)));
    this.#tailBytes += Math.min(bytes.length, TAIL_BYTES);
    for (let first = this.#tail[0]; first; first = this.#tail[0]) {
      if (this.#tailBytes - first.length < TAIL_BYTES) {
        break;
      }
      this.#tail.shift();
      this.#tailBytes -= first.length;
    }
  }

  /** Both at the end of a line, where one is near. */
  #cut(before: string, behind: string): Shown {
    const first = before.slice(0, HEAD_CHARACTERS);
    const last = behind.slice(-TAIL_CHARACTERS);
    const [end, start] = [first.lastIndexOf('\n') + 1, last.indexOf('\n') + 1];
    const head = end > first.length / 2 ? first.slice(0, end) : first;
    const tail = start < last.length / 2 ? last.slice(start) : last;
    const from = linesIn(head) + 1;
    return { head, tail, omitted: { lines: Math.max(0, this.#lines - linesIn(head) - linesIn(tail)), from } };
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
