/** Follow the terminal's cursor through a program's output, as far as a prompt needs to know: its column. */

import { StringDecoder } from 'node:string_decoder';
import { CharacterJoiner } from './terminal-characters.ts';

const TAB_COLUMNS = 8;
/** More of a line than this is not looked at: it has been wrapped many times. */
const MAX_TAIL_BYTES = 16_384;
const LINE_FEED = 0x0a;
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const PIECE =
  /\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/g;
/** Restoring the cursor, a reset, a stop for tabs. */
const LOSING = /^\x1b[8cH]$/;
/** The prompt's screen again, as a program that had its own left it; rows that do not wrap. */
const LOSING_MODE = /\[\?(?:[\d;]*;)?(?:7|6|3|45|47|69|1047|1048|1049)(?:;[\d;]*)?[hl]$|\[!p$/;
/** Restoring the cursor, stops for tabs and going back by them, characters again, a scroll region. */
const LOSING_FINALS = 'ugZbr';
const CUT_SEQUENCE = /\x1b(?:\[[\x20-\x3f]*|[\]P^_X][^\x07\x1b]{0,4096}\x1b?|[ -/]*)?$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

export class ColumnTracker {
  #decoder = new StringDecoder('utf8');
  #column = 0;
  readonly #joiner = new CharacterJoiner();
  /** The beginning of a sequence that the next bytes continue. */
  #cut = '';
  #isPartial = false;
  /** Whether a program moved the cursor to where only the terminal knows. */
  #isLost = false;

  /** Where the cursor is, from 0; the terminal's width where the last character stands at the edge. */
  get column(): number {
    return this.#column;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Whether the output ends between two characters, so that something else may be written. */
  get isWhole(): boolean {
    return !this.#isPartial && this.#cut === '';
  }

  /** The cursor was put here by us. */
  set(column: number): void {
    this.#column = column;
    this.#isLost = false;
    this.#joiner.reset();
    this.#cut = '';
  }

  /** The cursor is where only the terminal knows. */
  lose(): void {
    this.#isLost = true;
  }

  follow(bytes: Uint8Array, columns: number): void {
    const line = this.#lastLine(bytes);
    this.#isPartial = endsInCutCharacter(line);
    const text = this.#cut + this.#decoder.write(line as Buffer);
    this.#cut = CUT_SEQUENCE.exec(text)?.[0] ?? '';
    const whole = text.slice(0, text.length - this.#cut.length);
    for (const piece of whole.matchAll(PIECE)) {
      this.#piece(piece, columns);
    }
  }

  /** Only what follows the last line feed counts, so that a flood costs next to nothing. */
  #lastLine(bytes: Uint8Array): Uint8Array {
    const start = bytes.lastIndexOf(LINE_FEED) + 1;
    if (start > 0) {
      this.set(0);
      this.#decoder = new StringDecoder('utf8');
    }
    return bytes.subarray(Math.max(start, bytes.length - MAX_TAIL_BYTES));
  }

  #piece(piece: RegExpMatchArray, columns: number): void {
    const [text, parameters, final] = piece;
    if (final !== undefined) {
      this.#sequence(text, parameters ?? '', final, columns);
    } else if (text === '\r' || text === '\x1bE') {
      this.#column = 0;
    } else if (text === '\b') {
      this.#column = Math.max(0, Math.min(this.#column, columns - 1) - 1);
    } else if (text === '\t') {
      this.#tab(1, columns);
    } else if (text === '\x1bD' || text === '\x1bM') {
      this.#column = Math.min(this.#column, columns - 1);
    } else if ((text.codePointAt(0) as number) >= 0x20 && text !== '\x7f' && text[0] !== '\x1b') {
      this.#print(text, columns);
      return;
    } else if (LOSING.test(text)) {
      this.#isLost = true;
    }
    this.#joiner.reset();
  }

  #print(text: string, columns: number): void {
    for (const point of text) {
      const before = this.#joiner.columns;
      const { joins, columns: width } = this.#joiner.take(point.codePointAt(0) as number);
      const end = this.#column + width - (joins ? before : 0);
      // What does not fit is the next row's first, with all that it is a part of.
      this.#column = end > columns ? width : end;
    }
  }

  #tab(count: number, columns: number): void {
    // Behind a full row the cursor stays where it is.
    if (this.#column < columns) {
      this.#column = Math.min(columns - 1, (Math.floor(this.#column / TAB_COLUMNS) + count) * TAB_COLUMNS);
    }
  }

  #sequence(text: string, parameters: string, final: string, columns: number): void {
    const count = Number.parseInt(parameters, 10) || 1;
    const last = columns - 1;
    if (/[ -/<-?]/.test(text.slice(2, -1))) {
      this.#isLost ||= LOSING_MODE.test(text);
    } else if (final === 'C' || final === 'a') {
      this.#column = Math.min(last, this.#column + count);
    } else if (final === 'D') {
      this.#column = Math.max(0, Math.min(this.#column, last) - count);
    } else if (final === 'G' || final === '`') {
      this.#column = Math.min(columns, count) - 1;
    } else if ('EFLM'.includes(final)) {
      this.#column = 0;
    } else if (final === 'H' || final === 'f') {
      this.#column = Math.min(columns, Number.parseInt(parameters.split(';')[1] ?? '1', 10) || 1) - 1;
    } else if ('ABdeP@X'.includes(final)) {
      this.#column = Math.min(this.#column, last);
    } else if (final === 'I') {
      this.#tab(count, columns);
    } else if (LOSING_FINALS.includes(final)) {
      this.#isLost = true;
    }
  }
}

function endsInCutCharacter(bytes: Uint8Array): boolean {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) {
      return false;
    }
    if (byte >= 0xc0) {
      return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2);
    }
  }
  return false;
}
