/** What a checkpoint has beside the names: the runs, the transcript, and what the window and the console add. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../../contract/messages.ts';

type Bytes = Uint8Array | null;
export type Provide = () => Promise<Bytes> | Bytes;

export class Attachments {
  readonly #providers = new Map<string, Provide>();
  readonly #failed: (error: Error) => void;

  constructor(failed: (error: Error) => void) {
    this.#failed = failed;
  }

  provide(part: string, provide: Provide): void {
    this.#providers.set(part, provide);
  }

  /** Write each into a file of its own in the folder, for the writer to take in. */
  async write(folder: string, more: Record<string, Bytes>): Promise<Side[]> {
    const sides: Side[] = [];
    for (const [part, bytes] of Object.entries({ ...more, ...(await this.#gather()) })) {
      if (bytes) {
        const file = join(folder, part);
        await writeFile(file, bytes, { flag: 'wx', mode: 0o600 });
        sides.push({ part, file });
      }
    }
    return sides;
  }

  async #gather(): Promise<Record<string, Bytes>> {
    const found: Record<string, Bytes> = {};
    for (const [part, provide] of this.#providers) {
      try {
        found[part] = await provide();
      } catch (cause) {
        // The names are worth saving without it.
        this.#failed(
          new Error(`The checkpoint is made without ${part}: ${(cause as Error).message}`, { cause }),
        );
      }
    }
    return found;
  }
}
