/** Runs and their code, amounts and times, in the words of a line that we say. */

import { clip, textWidth } from '../screen/text-width.ts';

const DAY_MS = 86_400_000;
const KILO = 1000;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

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

/** `1 name`, `34 names`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `+2 ~1 −1`: names added, changed and removed; what is none is left out. */
export function signs(added: number, changed: number, removed: number): string {
  const counts: [string, number][] = [
    ['+', added],
    ['~', changed],
    ['−', removed],
  ];
  return counts.flatMap(([sign, many]) => (many > 0 ? `${sign}${many}` : [])).join(' ');
}

/** What an error says. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Text from a file, which may have been made to play tricks with a terminal. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
}

/** `today 18:14`, `yesterday 18:14`, `2026-11-20 18:14`. */
export function whenText(at: number, now: number): string {
  const [date, time = ''] = localTime(at);
  const days = [
    [localTime(now)[0], 'today'],
    [localTime(now - DAY_MS)[0], 'yesterday'],
  ] as const;
  const day = days.find(([each]) => each === date)?.[1] ?? date;
  return `${day} ${time}`;
}

function localTime(at: number): [string, string] {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return [
    [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-'),
    `${two(date.getHours())}:${two(date.getMinutes())}`,
  ];
}

/** `0.15 s`, `2.1 s`, `75 s`: as much of it as one reads. */
export function duration(seconds: number): string {
  return `${seconds < 10 ? Number(seconds.toPrecision(2)) : Math.round(seconds)} s`;
}

/** `4 MB`, or `1.3 GB`: of memory, which is counted in powers of two. */
export function size(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1024 ? `${Math.ceil(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

/** `812 B`, `1.3 MB`: on the disk. */
export function sizeText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= KILO && unit < UNITS.length - 1) {
    value /= KILO;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${digits} ${UNITS[unit]}`;
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
