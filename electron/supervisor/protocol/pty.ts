/** The master of a pseudo-terminal, without a native addon: Node opens and reads it, Python sets it up. */

import { closeSync, constants, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { CodedError } from '../platform/errors.ts';

const DEVICE = '/dev/ptmx';
const QUIET_MS = 50;

/** Open a master. The caller passes the descriptor to a child, then makes it a `Pty`. */
export function openMaster(): number {
  try {
    return openSync(DEVICE, constants.O_RDWR | constants.O_NOCTTY);
  } catch (cause) {
    throw new CodedError(
      'NOT_STARTED',
      `A terminal cannot be opened (${DEVICE}): ${(cause as Error).message}`,
      { cause },
    );
  }
}

export function closeMaster(master: number): void {
  closeSync(master);
}

/** Reads and writes a master until the other end is closed. */
export class Pty {
  readonly #stream: ReadStream;

  constructor(master: number, output: (bytes: Buffer) => void, closed: () => void) {
    this.#stream = new ReadStream(master);
    this.#stream.on('data', output);
    // EIO is how Linux says that the last process has closed its end.
    this.#stream.on('error', () => this.#stream.destroy());
    this.#stream.on('close', closed);
  }

  write(keys: string | Uint8Array): void {
    if (!this.#stream.destroyed) {
      this.#stream.write(keys);
    }
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  /**
   * Close once nothing more comes. Not every end of the process closes the terminal's other end: perhaps nobody
   * has opened it, or a process that left the session holds it for ever.
   */
  closeWhenQuiet(): void {
    const timer = setTimeout(() => this.close(), QUIET_MS);
    this.#stream.on('data', () => void timer.refresh());
    this.#stream.on('close', () => clearTimeout(timer));
  }

  close(): void {
    this.#stream.destroy();
  }
}
