/** A terminal's cells: what stands in them and how it is drawn. */

import { graphemes, graphemeWidth, isInvisible } from './text-width.ts';

export interface Cell {
  text: string;
  /** How many columns it takes. */
  width: number;
  /** Parameters of `CSI … m`, such as `1;35`; empty is plain. */
  style: string;
  /** How many UTF-16 units of the source it stands for. */
  length: number;
}

const TAB_COLUMNS = 4;
/** SGR sequences, which a prompt may hold, and readline's marks around them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const PROMPT_PART = /\x1b\[([\d;:]*)m|[\x01\x02]|\x1b\[[\x20-\x3f]*[\x40-\x7e]|\x1b[^[]/g;

/** The cells of one line of text, in one style. */
export function cellsOf(text: string, style: string): Cell[] {
  const cells: Cell[] = [];
  for (const grapheme of graphemes(text)) {
    addGrapheme(cells, grapheme, style);
  }
  return cells;
}

/** The cells of a prompt's line: its own colours are kept, everything else that is no text left out. */
export function promptCells(prompt: string, colours: boolean): Cell[] {
  const cells: Cell[] = [];
  let style = '';
  let from = 0;
  for (const part of prompt.matchAll(PROMPT_PART)) {
    cells.push(...cellsOf(prompt.slice(from, part.index), style));
    if (part[1] !== undefined && colours) {
      style = joinStyle(style, part[1]);
    }
    from = part.index + part[0].length;
  }
  cells.push(...cellsOf(prompt.slice(from), style));
  return cells.map((cell) => ({ ...cell, length: 0 }));
}

/** Cells that were there before us: they keep their place and are never written. */
export function foreignCells(columns: number): Cell[] {
  return columns > 0 ? [{ text: '', width: columns, style: '', length: 0 }] : [];
}

export function cellsWidth(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

function addGrapheme(cells: Cell[], grapheme: string, style: string): void {
  const { length } = grapheme;
  if (grapheme === '\t') {
    addShown(cells, ' '.repeat(TAB_COLUMNS - (cellsWidth(cells) % TAB_COLUMNS)), { style, length });
    return;
  }
  if (!isInvisible(grapheme)) {
    cells.push({ text: grapheme, width: graphemeWidth(grapheme), style, length });
    return;
  }
  addShown(cells, visible(grapheme), { style, length });
}

/** A cell for each character that is shown in the place of one; the last of them stands for it. */
function addShown(cells: Cell[], shown: string, { style, length }: { style: string; length: number }): void {
  for (const [index, text] of [...shown].entries()) {
    cells.push({ text, width: 1, style, length: index === shown.length - 1 ? length : 0 });
  }
}

/** What cannot be seen is shown by name, so that the cursor never stands on nothing. */
function visible(grapheme: string): string {
  const code = grapheme.codePointAt(0) as number;
  if (code < 0x20) {
    return `^${String.fromCharCode(code + 64)}`;
  }
  if (code === 0x7f) {
    return '^?';
  }
  return `<${code.toString(16).padStart(4, '0')}>`;
}

function joinStyle(style: string, next: string): string {
  if (next === '' || next === '0') {
    return '';
  }
  return style === '' ? next : `${style};${next}`;
}
