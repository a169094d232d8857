/** The cells of an editor's lines, in their colours. Lines that were styled before are not styled again. */

import { type Cell, cellsOf } from './cells.ts';
import { highlightLine, type Open } from './highlight.ts';
import type { Palette } from './palette.ts';

type Styled = { cells: Cell[]; open: Open };

export class Styling {
  #before = new Map<string, Styled>();
  #now = new Map<string, Styled>();

  /** Style all lines of a text; typing changes one of them. */
  style(lines: readonly string[], isCode: boolean, palette: Palette): Cell[][] {
    this.#now = new Map();
    let open: Open = [];
    const styled = lines.map((line) => {
      const found = this.#line(line, isCode ? open : null, palette);
      open = found.open;
      return found.cells;
    });
    this.#before = this.#now;
    return styled;
  }

  #line(line: string, open: Open | null, palette: Palette): Styled {
    const key = `${open?.join(' ') ?? 'text'}\n${line}`;
    const found = this.#before.get(key) ?? this.#now.get(key) ?? styleLine(line, open, palette);
    this.#now.set(key, found);
    return found;
  }
}

function styleLine(line: string, open: Open | null, palette: Palette): Styled {
  if (!open) {
    return { cells: cellsOf(line, palette.plain), open: [] };
  }
  const found = highlightLine(line, open);
  const cells: Cell[] = [];
  let at = 0;
  const add = (end: number, style: string) => {
    for (const cell of cellsOf(line.slice(at, end), style)) {
      cells.push(cell);
    }
    at = end;
  };
  for (const token of found.tokens) {
    add(token.start, palette.plain);
    add(token.end, palette[token.kind]);
  }
  add(line.length, palette.plain);
  return { cells, open: found.open };
}
