/** What the terminal shows of an editor: its lines behind their prompts, and the hints below. */

import { type Cell, cellsOf, cellsWidth, foreignCells, promptCells } from '../screen/cells.ts';
import { type CellPosition, positionOf, type Row, visibleStart, wrapLine } from '../screen/layout.ts';
import type { Frame } from '../screen/paint.ts';
import type { Palette } from '../screen/palette.ts';
import { Styling } from '../screen/styling.ts';
import type { Editor } from './editor.ts';
import { hintLines } from './hints.ts';
import { lineStart } from './text.ts';

export interface EditorViewOptions {
  columns: number;
  rows: number;
  palette: Palette;
  colours: boolean;
  /** What stands before the first line, and before the others. */
  prompts: { ps1: string; ps2: string };
  /** The columns of the first row that are taken already: an answer stands behind its question. */
  start: number;
}

export class EditorView {
  #styling = new Styling();
  #known = new WeakMap<Cell[], { columns: number; prompt: string; rows: Row[] }>();
  /** The first row of the text that is in sight, where not all of them fit. */
  #first = 0;

  /** The editor as it is now, as much of it as fits. */
  frame(editor: Editor, options: EditorViewOptions): Frame {
    const { rows, cursor } = this.#text(editor, options, editor.suggestion);
    const room = Math.max(options.rows - rows.length, Math.floor(options.rows / 2));
    const hints = hintLines(editor, options.columns, room, options.palette).slice(0, options.rows - 1);
    const height = Math.max(1, options.rows - hints.length);
    this.#first = visibleStart(rows.length, cursor.row, height, this.#first);
    const shown = rows.slice(this.#first, this.#first + height);
    // What it goes on from is out of sight.
    if (shown[0]?.wrapped) {
      shown[0] = { cells: shown[0].cells, wrapped: false };
    }
    return {
      rows: [...shown, ...hints.map((cells) => ({ cells, wrapped: false }))],
      cursor: { row: cursor.row - this.#first, column: cursor.column },
    };
  }

  /** All of the text, without hints, the cursor at its end: what stays in the scrollback. */
  finalFrame(editor: Editor, options: EditorViewOptions): Frame {
    const { rows } = this.#text(editor, options, '');
    if (rows.length > 1 && rows.at(-1)?.cells.length === 0) {
      rows.pop();
    }
    const last = rows.at(-1)?.cells ?? [];
    return { rows, cursor: { row: rows.length - 1, column: cellsWidth(last) } };
  }

  #text(editor: Editor, options: EditorViewOptions, suggestion: string): Frame {
    const isHidden = editor.mode === 'hidden';
    const text = isHidden ? '' : editor.buffer.text;
    const cursor = isHidden ? 0 : editor.buffer.cursor;
    const lines = this.#marked(editor, text, options.palette);
    const cursorLine = text.slice(0, cursor).split('\n').length - 1;
    const rows = upperPromptRows(options);
    let position: CellPosition = { row: 0, column: 0 };
    const suggested = suggestionCells(suggestion, options.palette);
    const prompts = [lastPromptLine(options, true), lastPromptLine(options, false)] as const;
    for (const [number, cells] of lines.entries()) {
      const prompt = prompts[number === 0 ? 0 : 1];
      const isPlain = number > 0 && number < lines.length - 1 && number !== cursorLine;
      if (isPlain) {
        for (const row of this.#wrapped(cells, prompt, options)) {
          rows.push(row);
        }
        continue;
      }
      const isLast = number === lines.length - 1;
      const wrapped = wrapLine([...prompt, ...cells, ...(isLast ? suggested : [])], options.columns);
      if (number === cursorLine) {
        const index = prompt.length + indexOf(cells, cursor - lineStart(text, cursor));
        const inLine = positionOf(wrapped, index, options.columns);
        // The cursor behind a full row needs a row to stand in.
        if (inLine.row === wrapped.length) {
          wrapped.push({ cells: [], wrapped: true });
        }
        position = { row: rows.length + inLine.row, column: inLine.column };
      }
      for (const row of wrapped) {
        rows.push(row);
      }
    }
    return { rows, cursor: position };
  }

  /** The rows of a line that is not being edited, as they were the last time where it is the same. */
  #wrapped(cells: Cell[], prompt: Cell[], { columns, prompts }: EditorViewOptions): Row[] {
    const known = this.#known.get(cells);
    if (known && known.columns === columns && known.prompt === prompts.ps2) {
      return known.rows;
    }
    const rows = wrapLine([...prompt, ...cells], columns);
    this.#known.set(cells, { columns, prompt: prompts.ps2, rows });
    return rows;
  }

  /** The text's lines, what a search found underlined. */
  #marked(editor: Editor, text: string, palette: Palette): Cell[][] {
    const lines = this.#styling.style(text.split('\n'), editor.mode === 'code', palette);
    const found = editor.search?.found;
    if (!found) {
      return lines;
    }
    const end = found.at + (editor.search?.query.length ?? 0);
    let offset = 0;
    return lines.map((cells) => {
      const marked = cells.map((cell) => {
        const isInside = offset >= found.at && offset < end;
        offset += cell.length;
        return isInside ? { ...cell, style: [cell.style, palette.found].filter(Boolean).join(';') } : cell;
      });
      offset += 1;
      return marked;
    });
  }
}

/** The lines of the first prompt above its last one. */
function upperPromptRows(options: EditorViewOptions): Row[] {
  if (options.start > 0) {
    return [];
  }
  const lines = options.prompts.ps1.split('\n').slice(0, -1);
  return lines.flatMap((line) => wrapLine(promptCells(line, options.colours), options.columns));
}

function lastPromptLine(options: EditorViewOptions, isFirst: boolean): Cell[] {
  const prompt = isFirst ? options.prompts.ps1 : options.prompts.ps2;
  const taken = isFirst ? foreignCells(options.start) : [];
  return [...taken, ...promptCells(prompt.slice(prompt.lastIndexOf('\n') + 1), options.colours)];
}

/** The rest of the first suggested line; that there are more is said. */
function suggestionCells(suggestion: string, palette: Palette): Cell[] {
  const end = suggestion.indexOf('\n');
  return cellsOf(end < 0 ? suggestion : `${suggestion.slice(0, end)} …`, palette.faint);
}

/** The index of the cell that stands for an offset of the line. */
function indexOf(cells: readonly Cell[], offset: number): number {
  let at = 0;
  let index = 0;
  while (index < cells.length && at < offset) {
    at += (cells[index] as Cell).length;
    index += 1;
  }
  return index;
}
