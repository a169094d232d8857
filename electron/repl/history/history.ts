/** The lines that were run, kept on disk, shared by all consoles of this user. */

import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { type Entry, parseEntries, writeEntry } from './history-entries.ts';
import { isOfTheSystem, shorten } from './history-file.ts';

/** Longer ones are remembered, but not on disk. */
const MAX_ENTRY_BYTES = 256 * 1024;
const KEPT_ENTRIES = 10_000;
/** So many times what is kept there may be, before it is shortened: it is no work for each entry. */
const SLACK = 1.2;
/** The file is replaced once in thousands of entries; some network file systems only seem to replace it. */
const MOST_TRIES = 10;

export class History {
  #file: string | null;
  readonly #kept: number;
  #codes: string[] | null = null;
  #answers: string[] = [];
  #session: Entry[] = [];

  /** In the file and in memory the newest entries are kept, so many of each. */
  constructor(file: string | null, kept = KEPT_ENTRIES) {
    this.#file = file;
    this.#kept = kept;
  }

  /** The code that was run, oldest first. */
  get entries(): readonly string[] {
    this.#codes ??= this.#load();
    return this.#codes;
  }

  /** What was run in this session, also before it was restored, oldest first. */
  get session(): readonly Entry[] {
    return this.#session;
  }

  /** What was answered to questions, of this console alone and in memory only: it may be private. */
  get answers(): readonly string[] {
    return this.#answers;
  }

  /** Remember code that is run now. */
  add(code: string): void {
    const codes = this.entries as string[];
    if (code.trim() === '' || codes.at(-1) === code) {
      return;
    }
    const entry = { time: now(), code };
    this.#push(codes, code);
    this.#push(this.#session, entry);
    if (this.#file) {
      append(this.#file, entry);
    }
  }

  /** Go on with another session: what was run in it comes next when one goes back. The file has it, or is another's. */
  goOnWith(entries: readonly Entry[]): void {
    const codes = this.entries as string[];
    for (const entry of entries) {
      this.#push(codes, entry.code);
      this.#push(this.#session, entry);
    }
  }

  addAnswer(answer: string): void {
    if (answer !== '' && this.#answers.at(-1) !== answer) {
      this.#push(this.#answers, answer);
    }
  }

  #push<Item>(items: Item[], item: Item): void {
    items.push(item);
    if (items.length > this.#kept * SLACK) {
      items.splice(0, items.length - this.#kept);
    }
  }

  #load(): string[] {
    if (!this.#file) {
      return [];
    }
    const entries = parseEntries(readIfThere(this.#file));
    if (entries.length > this.#kept * SLACK) {
      shorten(this.#file, this.#kept);
    }
    return entries.slice(-this.#kept).map((entry) => entry.code);
  }
}

/** Open the history in a file; it is read when it is first needed. */
export function openHistory(file: string, kept?: number): History {
  return new History(file, kept);
}

/** One write to a file opened for appending: the kernel keeps those of several processes apart. */
function append(file: string, entry: Entry): void {
  const line = writeEntry(entry);
  if (Buffer.byteLength(line) > MAX_ENTRY_BYTES) {
    return;
  }
  try {
    for (let tries = 0; tries < MOST_TRIES && !appendOnce(file, line); tries += 1);
  } catch (error) {
    // A full or read-only disk must not end the session: the entry is in memory.
    if (!isOfTheSystem(error)) {
      throw error;
    }
  }
}

/** False where another process replaced the file under the write, which then is lost. */
function appendOnce(file: string, line: string): boolean {
  const descriptor = openSync(file, 'a+', 0o600);
  try {
    writeSync(descriptor, endsInLine(descriptor) ? line : `\n${line}`);
    return statSync(file).ino === fstatSync(descriptor).ino;
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the last line is whole: a process may have died in the middle of its write. */
function endsInLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) {
    return true;
  }
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] === 0x0a;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // No history yet, or none that can be read: an empty one.
    return '';
  }
}

/** Seconds since 1970, finer than a millisecond: two entries are told apart by it. */
function now(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}
