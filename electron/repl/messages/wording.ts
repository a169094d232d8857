/** Runs and their code, and what an error says, in the words of a line that we say. */

import { enumerated } from '../../wording/counts.ts';
import { firstLine } from '../../wording/plain-text.ts';
import { clip, textWidth } from '../screen/text-width.ts';

/** The first line of code, an ellipsis where there are more, cut to a width. */
export function codeLine(code: string, columns: number): string {
  return clip(code.trim().includes('\n') ? `${firstLine(code)} …` : firstLine(code), columns);
}

/** `run 3`, `runs 3 and 4`, `runs 3 to 6`, `runs 2, 4 and 5`; the numbers ascend. */
export function runsNamed(runs: readonly number[]): string {
  const [first = 0] = runs;
  const last = runs.at(-1) ?? first;
  if (runs.length === 1) {
    return `run ${first}`;
  }
  const isRow = runs.length > 2 && last - first === runs.length - 1;
  return isRow ? `runs ${first} to ${last}` : `runs ${enumerated(runs.map(String))}`;
}

/** What an error says. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Break lines of ours between words where they are too long, what follows set in by some columns. */
export function hanging(text: string, columns: number, indent = 2): string {
  return text
    .split('\n')
    .map((line) => (textWidth(line) > columns ? broken(line, columns, indent) : line))
    .join('\n');
}

function broken(line: string, columns: number, indent: number): string {
  const rows: string[] = [];
  let row = line.slice(0, indent);
  let isEmpty = true;
  for (const word of line.slice(indent).split(' ')) {
    const longer = isEmpty ? row + word : `${row} ${word}`;
    if (textWidth(longer) <= columns || isEmpty) {
      row = longer;
    } else {
      rows.push(row);
      row = ' '.repeat(indent) + word;
    }
    isEmpty = false;
  }
  return [...rows, row].join('\n');
}
