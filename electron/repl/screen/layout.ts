/** Break lines of cells into the rows of a terminal. */

import type { Cell } from './cells.ts';

export interface Row {
  cells: Cell[];
  /** Whether it goes on where the row above reached the edge. */
  wrapped: boolean;
}

export interface CellPosition {
  row: number;
  column: number;
}

/** The rows of one line. A cell that does not fit is the next row's first, as terminals do it. */
export function wrapLine(cells: readonly Cell[], columns: number): Row[] {
  const rows: Row[] = [];
  let row: Row = { cells: [], wrapped: false };
  let width = 0;
  for (const cell of cells) {
    if (width + cell.width > columns && row.cells.length > 0) {
      rows.push(row);
      row = { cells: [], wrapped: true };
      width = 0;
    }
    row.cells.push(cell);
    width += cell.width;
  }
  rows.push(row);
  return rows;
}

/** Where the cell with this index stands; behind the last one, where the next would. */
export function positionOf(rows: readonly Row[], index: number, columns: number): CellPosition {
  let left = index;
  for (const [number, row] of rows.entries()) {
    const isLast = number === rows.length - 1;
    if (left < row.cells.length || isLast) {
      const column = row.cells.slice(0, left).reduce((sum, cell) => sum + cell.width, 0);
      return column >= columns ? { row: number + 1, column: 0 } : { row: number, column };
    }
    left -= row.cells.length;
  }
  return { row: 0, column: 0 };
}

/** The rows that a screen shows of more than fit: those around the cursor. */
export function visibleStart(count: number, cursor: number, height: number, before: number): number {
  const last = Math.max(0, count - height);
  if (cursor < before) {
    return cursor;
  }
  if (cursor >= before + height) {
    return Math.min(last, cursor - height + 1);
  }
  return Math.min(before, last);
}
