/** Draw rows at the end of a terminal's output, and later only what changed in them. */

import { type Cell, cellsWidth } from './cells.ts';
import type { CellPosition, Row } from './layout.ts';
import { isDisputed } from './text-width.ts';

export interface Frame {
  rows: Row[];
  cursor: CellPosition;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
/** Terminals that know it show what stands between at once. */
const SYNC_START = '\x1b[?2026h';
const SYNC_END = '\x1b[?2026l';
const ERASE_BELOW = '\x1b[J';
const ERASE_LINE_END = '\x1b[K';

export class Painter {
  #columns: number;
  #rows: Row[] = [];
  #cursor: CellPosition = { row: 0, column: 0 };
  /** The column in which the first row begins: an answer stands behind its question. */
  #start = 0;
  /** The lowest row that is there on the terminal. */
  #depth = 0;
  #out = '';
  #style = '';
  #jumps = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Begin where the terminal's cursor is. */
  begin(columns: number, start: number): void {
    this.#columns = columns;
    this.#start = start;
    this.#rows = [];
    this.#cursor = { row: 0, column: start };
    this.#depth = 0;
  }

  /** What to write so that the terminal shows the frame. */
  paint(frame: Frame): string {
    for (const [number, row] of frame.rows.entries()) {
      this.#paintRow(frame.rows, number, row);
    }
    if (this.#rows.length > frame.rows.length) {
      this.#move({ row: frame.rows.length, column: 0 });
      this.#out += ERASE_BELOW;
    }
    this.#rows = frame.rows;
    this.#move(frame.cursor);
    return this.#take();
  }

  /** What to write to remove all of it; the cursor is then where it began. */
  clear(): string {
    this.#move({ row: 0, column: this.#start });
    if (this.#rows.length > 0) {
      this.#out += ERASE_BELOW;
    }
    this.#rows = [];
    this.#depth = 0;
    this.#jumps = 0;
    return this.#take();
  }

  /**
   * What to write to remove all of it after the terminal has another width.
   *
   * Terminals reflow long lines themselves, so the rows above the cursor are counted as they are now.
   * `keepsCursorLine`: this one leaves the line alone in which the cursor is, as xterm.js does.
   */
  clearAfterResize(columns: number, keepsCursorLine: boolean): string {
    const above = this.#rowsAbove(columns, keepsCursorLine);
    this.#columns = columns;
    this.#start = Math.min(this.#start, columns - 1);
    // The column may be another one too; moving to the start settles it.
    this.#goTo({ row: above, column: Number.NaN });
    return this.clear();
  }

  #rowsAbove(columns: number, keepsCursorLine: boolean): number {
    let count = 0;
    let first = 0;
    for (let next = 1; next <= this.#cursor.row; next += 1) {
      if (this.#rows[next]?.wrapped) {
        continue;
      }
      count += Math.max(1, Math.ceil(this.#widthOf(first, next) / columns));
      first = next;
    }
    if (keepsCursorLine) {
      return count + this.#cursor.row - first;
    }
    const before = (this.#cursor.row - first) * this.#columns + this.#cursor.column;
    return count + Math.floor(before / columns);
  }

  /** The width of the line that these rows show. */
  #widthOf(first: number, next: number): number {
    return (next - 1 - first) * this.#columns + cellsWidth(this.#rows[next - 1]?.cells ?? []);
  }

  #paintRow(rows: Row[], number: number, row: Row): void {
    const before = this.#rows[number];
    const parts = before?.wrapped === true && !row.wrapped;
    const first = before && !parts ? firstDifference(before.cells, row.cells) : 0;
    const continues = row.wrapped && row.cells.length > 0 && !(before?.wrapped && before.cells.length > 0);
    if (before && !continues && !parts && first === row.cells.length && first === before.cells.length) {
      return;
    }
    // The terminal knows a line as one, for copying and resizing, when the terminal itself broke the line.
    if (continues) {
      this.#paintLastCell(rows[number - 1], number - 1);
    } else {
      this.#move({ row: number, column: cellsWidth(row.cells.slice(0, first)) });
    }
    // It stops being part of the line above when it is erased from its first column.
    if (parts) {
      this.#out += this.#plain() + ERASE_LINE_END;
    }
    for (const cell of continues ? row.cells : row.cells.slice(first)) {
      this.#cell(cell, number, continues);
    }
    const width = cellsWidth(row.cells);
    if (before && cellsWidth(before.cells) > width && width < this.#columns) {
      this.#out += this.#plain() + ERASE_LINE_END;
    }
  }

  #paintLastCell(row: Row | undefined, number: number): void {
    const last = row?.cells.at(-1);
    if (!row || !last || last.text === '') {
      return;
    }
    this.#move({ row: number, column: cellsWidth(row.cells) - last.width });
    this.#cell(last, number, false);
  }

  #cell(cell: Cell, row: number, wraps: boolean): void {
    if (wraps && this.#cursor.row < row) {
      this.#goTo({ row, column: 0 });
    }
    if (cell.text === '') {
      this.#move({ row, column: this.#cursor.column + cell.width });
      return;
    }
    if (cell.style !== this.#style) {
      this.#out += cell.style === '' ? '\x1b[m' : `\x1b[0;${cell.style}m`;
      this.#style = cell.style;
    }
    this.#out += cell.text;
    this.#cursor = { row, column: this.#cursor.column + cell.width };
    // Terminals measure these differently: say where we are.
    if (isDisputed(cell.text) && this.#cursor.column < this.#columns) {
      this.#out += `\x1b[${this.#cursor.column + 1}G`;
    }
  }

  #move(to: CellPosition): void {
    const from = this.#cursor;
    if (from.row === to.row && from.column === to.column) {
      return;
    }
    this.#jumps += 1;
    let column = from.column;
    const known = Math.min(to.row, this.#depth);
    if (known < from.row) {
      this.#out += `\x1b[${from.row - known}A`;
    }
    if (known > from.row) {
      this.#out += `\x1b[${known - from.row}B`;
    }
    if (to.row > known) {
      // Only a line feed makes a row at the bottom of the screen; on a row that is there it would end the wrap.
      this.#out += `\r${'\n'.repeat(to.row - known)}`;
      column = 0;
    }
    if (to.column !== column || from.column >= this.#columns) {
      this.#out += to.column === 0 ? '\r' : `\x1b[${to.column + 1}G`;
    }
    this.#goTo(to);
  }

  #goTo(position: CellPosition): void {
    this.#cursor = position;
    this.#depth = Math.max(this.#depth, position.row);
  }

  #plain(): string {
    if (this.#style === '') {
      return '';
    }
    this.#style = '';
    return '\x1b[m';
  }

  #take(): string {
    const out = this.#out + this.#plain();
    const quiet = this.#jumps > 1;
    this.#out = '';
    this.#jumps = 0;
    return quiet ? SYNC_START + HIDE_CURSOR + out + SHOW_CURSOR + SYNC_END : out;
  }
}

function firstDifference(before: Cell[], after: Cell[]): number {
  const end = Math.min(before.length, after.length);
  let index = 0;
  while (index < end && isSame(before[index] as Cell, after[index] as Cell)) {
    index += 1;
  }
  return index;
}

function isSame(one: Cell, other: Cell): boolean {
  return one.text === other.text && one.style === other.style && one.width === other.width;
}
