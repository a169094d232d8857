/** Rows of cells that stand below each other. */

import { textWidth } from './text-width.ts';

/** Pad the cells to the width of their column; a row's last one is as long as it is. */
export function aligned(rows: readonly string[][]): string[][] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.slice(0, -1).entries()) {
      widths[index] = Math.max(widths[index] ?? 0, textWidth(cell));
    }
  }
  const pad = (cell: string, width: number) => cell + ' '.repeat(Math.max(0, width - textWidth(cell)));
  return rows.map((row) =>
    row.map((cell, index) => (index < row.length - 1 ? pad(cell, widths[index] ?? 0) : cell)),
  );
}
