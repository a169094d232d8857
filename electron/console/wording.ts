/** Runs, and their code, in the words of a line that we say. */

import { clip, textWidth } from './measure.ts';

/** The first line of code, an ellipsis where there are more, cut to a width. */
export function firstLine(code: string, columns: number): string {
  const [line = '', ...more] = code.trim().split('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a tab or an escape would break the row
  const plain = line.replace(/[\x00-\x1f\x7f]/g, ' ');
  return clip(more.length > 0 ? `${plain} …` : plain, columns);
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

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `0.15 s`, `2.1 s`, `75 s`: as much of it as one reads. */
export function duration(seconds: number): string {
  return `${seconds < 10 ? Number(seconds.toPrecision(2)) : Math.round(seconds)} s`;
}

/** `4 MB`, or `1.3 GB`. */
export function size(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1024 ? `${Math.ceil(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
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
