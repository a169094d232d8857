/** Follow the terminal's cursor through a program's output, as far as a prompt needs to know: its column. */

import { StringDecoder } from 'node:string_decoder';
import { graphemes, graphemeWidth } from './text-width.ts';

const TAB_COLUMNS = 8;
/** More of a line than this is not looked at: it has been wrapped many times. */
const MAX_TAIL_BYTES = 16_384;
const LINE_FEED = 0x0a;
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const PIECE =
  /\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/g;
const CUT_SEQUENCE = /\x1b(?:\[[\x20-\x3f]*|[\]P^_X][^\x07\x1b]{0,4096}\x1b?|[ -/]*)?$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

export class ColumnTracker {
  #decoder = new StringDecoder('utf8');
  #column = 0;
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
      this.#sequence(parameters ?? '', final, columns);
    } else if (text === '\r') {
      this.#column = 0;
    } else if (text === '\b') {
      this.#column = Math.max(0, Math.min(this.#column, columns) - 1);
    } else if (text === '\t') {
      this.#column = Math.min(columns - 1, (Math.floor(this.#column / TAB_COLUMNS) + 1) * TAB_COLUMNS);
    } else if ((text.codePointAt(0) as number) >= 0x20 && text !== '\x7f' && text[0] !== '\x1b') {
      this.#print(text, columns);
    } else if (text === '\x1b8' || text === '\x1bc') {
      this.#isLost = true;
    }
  }

  #print(text: string, columns: number): void {
    for (const grapheme of graphemes(text)) {
      const width = graphemeWidth(grapheme);
      this.#column = this.#column + width > columns ? width : this.#column + width;
    }
  }

  #sequence(parameters: string, final: string, columns: number): void {
    const count = Number.parseInt(parameters, 10) || 1;
    if (final === 'C') {
      this.#column = Math.min(columns - 1, this.#column + count);
    } else if (final === 'D') {
      this.#column = Math.max(0, Math.min(this.#column, columns - 1) - count);
    } else if (final === 'G' || final === '`') {
      this.#column = Math.min(columns, count) - 1;
    } else if (final === 'E' || final === 'F') {
      this.#column = 0;
    } else if (final === 'H' || final === 'f') {
      this.#column = Math.min(columns, Number.parseInt(parameters.split(';')[1] ?? '1', 10) || 1) - 1;
    } else if (final === 'u' || (final === 'l' && parameters.startsWith('?1049'))) {
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
