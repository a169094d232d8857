/** Hands output to the renderer no faster than it can show it: it gives back a credit for what it has shown. */

import { RUN_MARK, SCROLLBACK_LINES } from '../../contract/marks.ts';
import { Queue } from './byte-queue.ts';

/** One message; xterm parses so much well within a frame. */
const CHUNK_BYTES = 64 * 1024;

/** Sent and not yet shown; more of it would make the echo of a key wait. */
const CREDIT_BYTES = 256 * 1024;

/** Waiting here: above the first, Python is told to pause; below the second, to go on. */
const HIGH_WATER_BYTES = 1024 * 1024;
const LOW_WATER_BYTES = 256 * 1024;

/** Small writes of so long travel together; what comes after a pause goes at once. */
const GATHER_MS = 4;

/** Dropping begins above this, so that it is worth a notice. */
const TAIL_LINES = SCROLLBACK_LINES + 1_000;

/** Held while hurrying, however few line ends are in it. */
const TAIL_BYTES = 4 * 1024 * 1024;

/** Sent again to a page that was reloaded. */
const REPLAY_BYTES = 1024 * 1024;

/** Modes of the terminal and marks of runs: kept even where the text around them is dropped. */
const MODES = new RegExp(`\\x1b\\[\\?[\\d;]+[hl]|\\x1b\\]${RUN_MARK};[^\\x07]*\\x07`, 'g');

export class Feed {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #drained: (() => void)[] = [];
  readonly #waiting = new Queue();
  readonly #recent = new Queue();
  #flying = 0;
  #gathering: NodeJS.Timeout | null = null;
  #open = false;
  #behind = false;
  #hurrying = false;
  #gap: { lines: number; modes: string } | null = null;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  /** Take output; false when there is so much that Python should pause until the next drain. */
  write(data: string | Uint8Array): boolean {
    this.#waiting.push(Buffer.from(data as string));
    if (this.#gathering === null) this.#pump();
    if (this.#hurrying) {
      this.#keepTail();
      return true;
    }
    this.#behind ||= this.#waiting.bytes > HIGH_WATER_BYTES;
    return !this.#behind;
  }

  onDrain(listener: () => void): void {
    this.#drained.push(listener);
  }

  /** The page is there, for the first time or reloaded: begin with what was shown last. */
  begin(): void {
    this.#waiting.prepend(this.#recent);
    this.#flying = 0;
    this.#open = true;
    this.#pump();
  }

  /** So many bytes have been shown. */
  shown(bytes: number): void {
    this.#flying = Math.max(0, this.#flying - bytes);
    this.#pump();
  }

  /** The run was told to stop: its end is what the user wants to see, not all that is still on the way. */
  hurry(): void {
    this.#hurrying = true;
    this.#keepTail();
    this.#drain();
  }

  /** The run is over, or does not stop. */
  calm(): void {
    this.#hurrying = false;
  }

  #pump(): void {
    while (this.#open && this.#waiting.bytes > 0 && this.#flying < CREDIT_BYTES) this.#sendChunk();
    if (this.#waiting.bytes < LOW_WATER_BYTES) this.#drain();
  }

  #sendChunk(): void {
    const chunk = Buffer.concat([this.#takeGap(), this.#waiting.take(CHUNK_BYTES)]);
    this.#flying += chunk.length;
    this.#recent.push(chunk);
    while (this.#recent.bytes > REPLAY_BYTES) this.#recent.shiftBefore(0);
    this.#send(chunk);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.#pump();
    }, GATHER_MS);
  }

  #drain(): void {
    if (!this.#behind) return;
    this.#behind = false;
    for (const listener of this.#drained) listener();
  }

  /** Drop what would have left the scrollback by the time the last line is shown. */
  #keepTail(): void {
    const { lines, bytes } = this.#waiting;
    if (lines <= TAIL_LINES && bytes <= TAIL_BYTES) return;
    const gap = this.#gap ?? { lines: 0, modes: '' };
    const kept = () => (this.#waiting.bytes > TAIL_BYTES ? 0 : SCROLLBACK_LINES);
    for (let part = this.#waiting.shiftBefore(kept()); part; part = this.#waiting.shiftBefore(kept())) {
      gap.modes += (part.toString('latin1').match(MODES) ?? []).join('');
      this.#gap = gap;
    }
    gap.lines += lines - this.#waiting.lines;
  }

  /** Say what is missing, where something is. */
  #takeGap(): Buffer {
    if (this.#gap === null) return Buffer.alloc(0);
    const { lines, modes } = this.#gap;
    this.#gap = null;
    const missing = lines === 1 ? 'A line is' : `${lines.toLocaleString('en')} lines are`;
    const words = `· ${lines === 0 ? 'A part of a line is' : missing} not shown; the transcript has all`;
    return Buffer.from(`${modes}\x1b[0m\r\n\x1b[2m${words}\x1b[0m\r\n`);
  }
}
