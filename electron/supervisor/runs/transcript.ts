/** What a session printed, and every run, in order, in a file; of what grows too large the newest is kept. */

import {
  closeSync,
  createWriteStream,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  type WriteStream,
} from 'node:fs';
import { dirname, format, parse } from 'node:path';

export interface TranscriptOptions {
  file: string;
  /** At most so many bytes of the newest are kept, in two files of half as many; all by default. */
  bytes?: number;
}

interface Listeners {
  /** The disk is behind, or has caught up. */
  full: (isFull: boolean) => void;
  failed: (error: Error) => void;
}

const PARTS = 2;

export class Transcript {
  readonly #file: string;
  readonly #most: number;
  readonly #listeners: Listeners;
  #stream: WriteStream;
  /** What the file holds, and what is on its way there. */
  #size: number;
  #length = 0;
  /** The file before is complete. */
  #turned: Promise<void> = Promise.resolve();

  constructor(options: string | TranscriptOptions, listeners: Listeners) {
    const { file, bytes = Number.POSITIVE_INFINITY } =
      typeof options === 'string' ? { file: options } : options;
    this.#file = file;
    this.#most = bytes / PARTS;
    this.#listeners = listeners;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  /** How many bytes this session has written to it so far. */
  get length(): number {
    return this.#length;
  }

  output(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    if (this.#stream.destroyed) {
      return;
    }
    this.#size += bytes.length;
    this.#length += bytes.length;
    if (!this.#stream.write(bytes)) {
      this.#listeners.full(true);
    }
  }

  /** Note a run, as it would stand at a prompt. */
  run(code: string, prompts: { ps1: string; ps2: string }): void {
    const lines = code.split('\n').map((line, index) => (index === 0 ? prompts.ps1 : prompts.ps2) + line);
    this.output(Buffer.from(`${lines.join('\r\n')}\r\n`));
  }

  /** The last bytes of what was written, as many as there still are of so many. */
  async end(most: number): Promise<Buffer> {
    await this.#written();
    const wanted = Math.min(most, this.#length);
    // At once, so that neither becomes the other meanwhile.
    const end = endOf(this.#file, wanted);
    return Buffer.concat([endOf(fileBefore(this.#file), wanted - end.length), end]);
  }

  async close(): Promise<void> {
    await this.#turned;
    await finished(this.#stream);
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#file, { flags: 'a', mode: 0o600 });
    stream.on('drain', () => this.#listeners.full(false));
    stream.on('error', (error) => {
      // A full disk must not stop the session: it goes on without a transcript, and the user is told.
      this.#listeners.full(false);
      const words = `The transcript ${this.#file} can no longer be written: ${error.message}`;
      this.#listeners.failed(new Error(words, { cause: error }));
    });
    return stream;
  }

  /** What is there becomes the file before, in the place of an older one. */
  #makeRoom(length: number): void {
    const stream = this.#stream;
    const isBusy = stream.destroyed || stream.pending || stream.writableNeedDrain;
    if (isBusy || this.#size + length <= this.#most || this.#size === 0) {
      return;
    }
    try {
      renameSync(this.#file, fileBefore(this.#file));
      this.#turned = finished(stream);
      this.#size = 0;
      this.#stream = this.#open();
    } catch (error) {
      stream.destroy(error as Error);
    }
  }

  /** Resolves when all that was given to the system is in the file. */
  #written(): Promise<void> {
    const stream = this.#stream;
    return new Promise((resolve) => (stream.writable ? stream.write('', () => resolve()) : resolve()));
  }
}

/** Where the older part of a transcript is. */
function fileBefore(file: string): string {
  const { dir, name, ext } = parse(file);
  return format({ dir, name: `${name}-before`, ext });
}

/** So many bytes from the end of a file, or all of it; nothing where it is not there. */
function endOf(file: string, most: number): Buffer {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(most, size));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, size - bytes.length));
  } finally {
    closeSync(descriptor);
  }
}

function finished(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => (stream.destroyed ? resolve() : stream.end(() => resolve())));
}
