/** What stands below the line while it is edited: a search, a signature, a list of completions, or what holds now. */

import { type Cell, cellsOf } from '../screen/cells.ts';
import { wrapLine } from '../screen/layout.ts';
import type { Palette } from '../screen/palette.ts';
import { signatureCells } from '../screen/signature-line.ts';
import type { Editor } from './editor.ts';
import type { Search } from './history-search.ts';

/** A list of completions never takes more of the screen than this. */
const MAX_LIST_ROWS = 10;

/** The hints' lines, for a screen on which the text leaves this many rows. */
export function hintLines(editor: Editor, columns: number, room: number, palette: Palette): Cell[][] {
  const lines: Cell[][] = [];
  if (editor.search) {
    lines.push(searchCells(editor.search, palette));
  }
  if (editor.signature?.signature) {
    lines.push(signatureCells(editor.signature, columns - 1, palette));
  }
  if (editor.choices) {
    const height = Math.max(1, Math.min(MAX_LIST_ROWS, room) - lines.length);
    lines.push(...editor.choices.lines(columns, height, palette));
  }
  if (editor.standing && lines.length === 0) {
    lines.push(cellsOf(editor.standing, palette.dim));
  }
  return lines.map((cells) => wrapLine(cells, columns - 1)[0]?.cells ?? []);
}

function searchCells(search: Search, palette: Palette): Cell[] {
  const words = search.failed ? '· nothing found: ' : '· search: ';
  return [...cellsOf(words, palette.dim), ...cellsOf(search.query, palette.plain)];
}
