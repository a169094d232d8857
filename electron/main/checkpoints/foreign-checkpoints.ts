/** A file with a checkpoint that the user has opened: shows what is inside, and asks before anything is loaded. */

import path from 'node:path';
import type { ForeignAnswer, ForeignFile } from '../../contract/checkpoint-news.ts';
import type { Inspection } from '../../contract/checkpoints.ts';
import type { Ready } from '../../contract/messages.ts';
import { wordsOf } from '../../repl/messages/wording.ts';
import type { Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { Send } from '../ipc/signals.ts';
import type { Repl } from '../session/repl.ts';
import { toContents } from './checkpoint-cards.ts';

/** How such files end. */
const ENDING = '.pyrepl3';

const NEVER =
  'This checkpoint was not made here, and such are never opened: settings.json has ' +
  '{"checkpoints": {"foreign": "never"}}.';

export function isCheckpointFile(file: string): boolean {
  return path.extname(file).toLowerCase() === ENDING;
}

export interface ForeignParts {
  store: Store;
  send: Send;
  repl: Repl;
  /** Restore a checkpoint, after a question where there is something to lose. */
  restore: (checkpoint: string) => Promise<void>;
  /** Whether a checkpoint that was not made here may be opened. */
  foreign: 'ask' | 'never';
}

export class ForeignCheckpoints {
  readonly #parts: ForeignParts;
  #file: string | null = null;
  #foreign: ForeignFile | null = null;
  #inspection: Inspection | null = null;

  constructor(parts: ForeignParts) {
    this.#parts = parts;
  }

  get foreign(): ForeignFile | null {
    return this.#foreign;
  }

  /** What is different here is known when Python has answered. */
  follow(session: Session): void {
    session.whenReady().then(
      (python) => this.#compareWith(python),
      // The console says why there is none.
      () => undefined,
    );
  }

  /** Show what is in a file; nothing of it is loaded. */
  async receive(file: string): Promise<void> {
    this.#file = file;
    this.#inspection = null;
    const name = path.basename(file);
    this.#tell({ file: name, contents: null, complaint: null, busy: true });
    const found = await this.#parts.store.inspectFile(file).catch(wordsOf);
    // Meanwhile another file may have been opened.
    if (file !== this.#file) return;
    this.#inspection = typeof found === 'string' ? null : found;
    this.#tell({ file: name, ...this.#judge(found), busy: false });
  }

  /** Take the file in, and restore it; or let it be. */
  async answer(answer: ForeignAnswer): Promise<void> {
    const [file, foreign, inspection] = [this.#file, this.#foreign, this.#inspection];
    if (!file || !foreign || foreign.busy) return;
    if (answer === 'leave') {
      this.#leave();
      return;
    }
    // The user has seen what it is, and what it means where it was not made here.
    if (!inspection || foreign.contents === null || foreign.complaint !== null) return;
    this.#tell({ ...foreign, busy: true });
    try {
      const { id } = await this.#parts.store.importFrom(file, { trust: true, digest: inspection.digest });
      if (file === this.#file) this.#leave();
      if (answer === 'open') await this.#parts.restore(id);
    } catch (error) {
      if (file === this.#file) this.#tell({ ...foreign, busy: false, complaint: wordsOf(error) });
    }
  }

  /** What is shown of what was found in a file, or of why nothing was. */
  #judge(found: Inspection | string): Pick<ForeignFile, 'contents' | 'complaint'> {
    if (typeof found === 'string') return { contents: null, complaint: found };
    const isForbidden = !found.trusted && this.#parts.foreign === 'never';
    return {
      contents: toContents(found, this.#parts.repl.python),
      complaint: isForbidden ? NEVER : null,
    };
  }

  #compareWith(python: Ready): void {
    if (!this.#foreign?.contents || !this.#inspection) return;
    this.#tell({ ...this.#foreign, contents: toContents(this.#inspection, python) });
  }

  #leave(): void {
    this.#file = null;
    this.#tell(null);
  }

  #tell(foreign: ForeignFile | null): void {
    this.#foreign = foreign;
    this.#parts.send('foreign', foreign);
  }
}
