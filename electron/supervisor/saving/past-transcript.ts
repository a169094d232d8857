/** What a session has printed, for its checkpoints: after a restore, what was printed before it was saved comes first. */

import type { Transcript } from '../runs/transcript.ts';

/** So much of the end is kept. */
const KEPT_BYTES = 4 * 2 ** 20;

export class PastTranscript {
  readonly #transcript: Transcript;
  #before: Uint8Array = new Uint8Array();
  /** From where on what is written belongs to it. */
  #from = 0;

  constructor(transcript: Transcript) {
    this.#transcript = transcript;
  }

  /** A checkpoint was restored; what was written until now belongs to another line of runs. */
  goOnFrom(before: Uint8Array | null): void {
    this.#before = before ?? new Uint8Array();
    this.#from = this.#transcript.length;
  }

  /** The end of it, beginning with a whole line where something is left out; `null` where nothing was printed. */
  async end(): Promise<Uint8Array | null> {
    const own = await this.#transcript.end(Math.min(this.#transcript.length - this.#from, KEPT_BYTES));
    const all = Buffer.concat([this.#before.subarray(-KEPT_BYTES), own]);
    const cut = all.length > KEPT_BYTES ? all.subarray(all.indexOf('\n', all.length - KEPT_BYTES) + 1) : all;
    return cut.length > 0 ? cut : null;
  }
}
