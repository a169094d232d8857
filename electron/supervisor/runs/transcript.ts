/** Every byte a session printed, and every run, in order, in a file. */

import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';

export class Transcript {
  readonly #stream: WriteStream;
  readonly #full: (isFull: boolean) => void;

  /** `full` is told when the disk is behind, and when it has caught up. */
  constructor(file: string, full: (isFull: boolean) => void, failed: (error: Error) => void) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#full = full;
    this.#stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
    this.#stream.on('drain', () => full(false));
    this.#stream.on('error', (error) => {
      // A full disk must not stop the session: it goes on without a transcript, and the user is told.
      full(false);
      failed(
        new Error(`The transcript ${file} can no longer be written: ${error.message}`, { cause: error }),
      );
    });
  }

  output(bytes: Uint8Array): void {
    if (!this.#stream.destroyed && !this.#stream.write(bytes)) {
      this.#full(true);
    }
  }

  /** Note a run, as it would stand at a prompt. */
  run(code: string, prompts: { ps1: string; ps2: string }): void {
    const lines = code.split('\n').map((line, index) => (index === 0 ? prompts.ps1 : prompts.ps2) + line);
    this.output(Buffer.from(`${lines.join('\r\n')}\r\n`));
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.#stream.destroyed ? resolve() : this.#stream.end(resolve)));
  }
}
