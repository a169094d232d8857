/** What a session has printed, for its checkpoints: after a restore, what was printed before it was saved comes first. */

import { constants, statSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** So much of the end is kept. */
const KEPT_BYTES = 4 * 2 ** 20;

export class PastTranscript {
  readonly #file: string;
  #before: Uint8Array = new Uint8Array();
  /** Where in the file it goes on from there. */
  #from = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** A checkpoint was restored; what is in the file by now belongs to another line of runs. */
  goOnFrom(before: Uint8Array | null): void {
    this.#before = before ?? new Uint8Array();
    this.#from = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The end of it, beginning with a whole line where something is left out; `null` where nothing was printed. */
  async end(): Promise<Uint8Array | null> {
    const own = await this.#own();
    const all = Buffer.concat([this.#before.subarray(-KEPT_BYTES), own]);
    const cut = all.length > KEPT_BYTES ? all.subarray(all.indexOf('\n', all.length - KEPT_BYTES) + 1) : all;
    return cut.length > 0 ? cut : null;
  }

  async #own(): Promise<Uint8Array> {
    const handle = await open(this.#file, constants.O_RDONLY).catch(() => null); // None was printed to yet.
    if (!handle) {
      return new Uint8Array();
    }
    try {
      const { size } = await handle.stat();
      const length = Math.max(0, Math.min(size - this.#from, KEPT_BYTES));
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }
}
