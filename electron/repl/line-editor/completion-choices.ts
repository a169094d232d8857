/** The list of completions under the line: what is in it, and which one is chosen. */

import type { Match } from '../../contract/messages.ts';
import { plain } from '../../wording/plain-text.ts';
import { type Cell, cellsOf, cellsWidth } from '../screen/cells.ts';
import type { Palette } from '../screen/palette.ts';
import { clip, textWidth } from '../screen/text-width.ts';

const GAP_COLUMNS = 2;

export class Choices {
  readonly matches: readonly Match[];
  /** Where the text that a choice replaces begins. */
  readonly start: number;
  /** What stood there when the list was opened. */
  readonly typed: string;
  chosen: number | null = null;

  constructor(matches: readonly Match[], start: number, typed: string) {
    this.matches = matches;
    this.start = start;
    this.typed = typed;
  }

  /** The text that stands for the choice: the typed one where nothing is chosen. */
  get text(): string {
    return this.chosen === null ? this.typed : (this.matches[this.chosen]?.text ?? this.typed);
  }

  step(by: number): void {
    const count = this.matches.length;
    if (this.chosen === null) {
      this.chosen = by > 0 ? 0 : count - 1;
    } else {
      this.chosen = (this.chosen + by + count) % count;
    }
  }

  /** Go to the same row of the next column. */
  stepColumn(by: number, columns: number): void {
    const height = Math.ceil(this.matches.length / this.#perRow(columns));
    const target = (this.chosen ?? -height) + by * height;
    if (target >= 0 && target < this.matches.length) {
      this.chosen = target;
    }
  }

  /** The list as lines, filled column by column. */
  lines(columns: number, height: number, palette: Palette): Cell[][] {
    const perRow = this.#perRow(columns);
    const count = Math.ceil(this.matches.length / perRow);
    if (count <= height) {
      return range(0, count).map((row) => this.#line(row, count, columns, palette));
    }
    const shown = Math.max(1, height - 1);
    const chosenRow = this.chosen === null ? 0 : this.chosen % count;
    const first = Math.min(Math.max(0, chosenRow - shown + 1), count - shown);
    const lines = range(first, first + shown).map((row) => this.#line(row, count, columns, palette));
    return [...lines, cellsOf(`· ${this.matches.length} matches`, palette.dim)];
  }

  #line(row: number, rows: number, columns: number, palette: Palette): Cell[] {
    const width = this.#cellWidth(columns);
    const cells: Cell[] = [];
    for (let index = row; index < this.matches.length; index += rows) {
      const name = cellsOf(
        clip(shown(this.matches[index] as Match), columns - 1),
        index === this.chosen ? palette.chosen : '',
      );
      if (cells.length > 0) {
        cells.push(...cellsOf(' '.repeat(Math.max(0, width - (cellsWidth(cells) % width || width))), ''));
      }
      cells.push(...name);
    }
    return cells;
  }

  #perRow(columns: number): number {
    return Math.max(1, Math.floor((columns - 1 + GAP_COLUMNS) / this.#cellWidth(columns)));
  }

  #cellWidth(columns: number): number {
    const widest = this.matches.reduce((width, match) => Math.max(width, textWidth(shown(match))), 0);
    return Math.min(widest, columns - 1) + GAP_COLUMNS;
  }
}

/** What all matches begin with. */
export function commonPrefix(matches: readonly Match[]): string {
  let prefix = matches[0]?.text ?? '';
  for (const match of matches) {
    while (!match.text.startsWith(prefix)) {
      prefix = prefix.slice(0, -1);
    }
  }
  // Not half of a surrogate pair.
  return /[\ud800-\udbff]$/.test(prefix) ? prefix.slice(0, -1) : prefix;
}

/** What the list says of a match: a path or a key may hold what is no text. */
function shown(match: Match): string {
  return plain(match.text);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
