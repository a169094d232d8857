/** What a terminal puts into one cell and how many columns it takes there: told by the tables of xterm.js. */

import './unpooled-buffers.ts';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';

/** What xterm.js knows of a code point behind another: bit 0, that it joins it; bits 1 and 2, the columns of both. */
interface Provider {
  charProperties(code: number, preceding: number): number;
}

export interface Character {
  text: string;
  columns: number;
}

/** Terminals drop it. */
const BYTE_ORDER_MARK = 0xfeff;
/** Node's own size. */
Buffer.poolSize = 8 * 1024;

const provider = graphemeProvider();

/** A code point behind those that were taken before it in the same stretch of text. */
export interface Joined {
  joins: boolean;
  /** Of the character that it is a part of, so far. */
  columns: number;
}

/** Follows a terminal through text, code point by code point. */
export class CharacterJoiner {
  #known = 0;

  /** Something else stands between: what follows is no part of what was before. */
  reset(): void {
    this.#known = 0;
  }

  take(code: number): Joined {
    if (code === BYTE_ORDER_MARK) {
      return { joins: true, columns: this.columns };
    }
    this.#known = provider.charProperties(code, this.#known);
    return { joins: (this.#known & 1) === 1, columns: this.columns };
  }

  get columns(): number {
    return (this.#known >> 1) & 3;
  }
}

/** The characters of a text without control characters, in order. */
export function terminalCharacters(text: string): Character[] {
  const characters: Character[] = [];
  const joiner = new CharacterJoiner();
  for (const point of text) {
    const { joins, columns } = joiner.take(point.codePointAt(0) as number);
    const last = characters.at(-1);
    if (last && joins) {
      last.text += point;
      last.columns = columns;
    } else {
      characters.push({ text: point, columns });
    }
  }
  return characters;
}

/** The addon gives its tables to a terminal; this one only keeps them. */
function graphemeProvider(): Provider {
  const providers: Provider[] = [];
  const terminal = {
    unicode: { activeVersion: '', register: (one: Provider) => providers.push(one) },
  };
  new UnicodeGraphemesAddon().activate(terminal as never);
  return providers.at(-1) as Provider;
}
