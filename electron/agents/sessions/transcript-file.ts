/** All that a session ran and printed, in a file: where a result was cut, the rest is read from here. */

import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { TranscriptOptions } from '../../supervisor/runs/transcript.ts';
import { readable } from './readable.ts';

/** So many runs can be read again. */
const MOST_RUNS = 1_000;
const CHUNK_BYTES = 256 * 1024;
/** So much is read for one answer, in bytes. */
const SLICE_BYTES = 64 * 1024;

/** Where the output of a run stands in the file. */
interface Region {
  start: number;
  end: number;
  /** Whether all that it printed is there. */
  isWhole: boolean;
}

/** Some lines of the output of a run. */
export interface Slice {
  text: string;
  /** The line behind the last that is shown, from 1; `null` at the end. */
  next: number | null;
}

export class TranscriptFile {
  readonly path: string;
  readonly #file: number;
  readonly #regions = new Map<number, Region>();
  readonly #most: number;
  #current: Region = { start: 0, end: 0, isWhole: true };
  #size = 0;
  /** Whether nothing more can be written. */
  #isOver = false;

  /** What grows larger begins anew. */
  constructor({ file, bytes = Number.POSITIVE_INFINITY }: TranscriptOptions) {
    this.path = file;
    this.#most = bytes;
    this.#file = openSync(file, 'a', 0o600);
  }

  /** A run begins. */
  begin(code: string): void {
    this.#write(Buffer.from(`>>> ${code.split('\n').join('\n... ')}\n`));
    this.#current = { start: this.#size, end: this.#size, isWhole: true };
  }

  output(bytes: Buffer): void {
    this.#write(bytes);
    this.#current.isWhole &&= !this.#isOver;
    this.#current.end = this.#size;
  }

  /** The run that began last has this number. */
  name(run: number): void {
    if (this.#current.isWhole) {
      this.#regions.set(run, this.#current);
    }
    for (const [oldest] of this.#regions) {
      if (this.#regions.size <= MOST_RUNS) {
        break;
      }
      this.#regions.delete(oldest);
    }
  }

  /** Lines of the output of a run, from this one on; `null` where it is not known. */
  async lines(run: number, from: number, characters: number): Promise<Slice | null> {
    const region = this.#regions.get(run);
    if (!region) {
      return null;
    }
    const bytes = await this.#from(region, from);
    const lines = readable(bytes.toString()).split('\n');
    const isCut = bytes.length >= SLICE_BYTES;
    if (isCut && lines.length > 1) {
      lines.pop();
    }
    let text = '';
    let count = 0;
    for (const line of lines) {
      if (count > 0 && text.length + line.length + 1 > characters) {
        return { text, next: from + count };
      }
      text += count > 0 ? `\n${line}` : line.slice(0, characters);
      count += 1;
    }
    return { text, next: isCut ? from + count : null };
  }

  /** The end of it all. */
  async tail(characters: number): Promise<string> {
    const start = Math.max(0, this.#size - SLICE_BYTES);
    const bytes = await this.#read({ start, end: this.#size }, SLICE_BYTES);
    return readable(bytes.toString()).slice(-characters);
  }

  close(): void {
    this.#isOver = true;
    closeSync(this.#file);
  }

  /** What stands in a region behind so many lines, as much as is read at once. */
  async #from(region: Region, line: number): Promise<Buffer> {
    let { start } = region;
    for (let before = line - 1; before > 0; ) {
      const chunk = await this.#read({ start, end: region.end }, CHUNK_BYTES);
      if (chunk.length === 0) {
        break;
      }
      let at = -1;
      while (before > 0) {
        const next = chunk.indexOf('\n', at + 1);
        if (next < 0) {
          break;
        }
        at = next;
        before -= 1;
      }
      start += before > 0 ? chunk.length : at + 1;
    }
    return this.#read({ start, end: region.end }, SLICE_BYTES);
  }

  async #read({ start, end }: Pick<Region, 'start' | 'end'>, most: number): Promise<Buffer> {
    const file = await open(this.path, 'r');
    try {
      const buffer = Buffer.alloc(Math.max(0, Math.min(most, end - start)));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  #write(bytes: Buffer): void {
    try {
      if (this.#size + bytes.length > this.#most) {
        this.#beginAnew();
      }
      for (let at = 0; at < bytes.length && !this.#isOver; ) {
        at += writeSync(this.#file, bytes, at);
      }
      this.#size += bytes.length;
    } catch {
      // A full disk must not stop the session; results still have the beginning and the end.
      this.#isOver = true;
    }
  }

  #beginAnew(): void {
    ftruncateSync(this.#file, 0);
    this.#size = 0;
    this.#regions.clear();
    this.#current = { start: 0, end: 0, isWhole: false };
  }
}
