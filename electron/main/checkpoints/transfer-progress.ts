/** Tells the window of a session on its way to the disk or back, and of what came of that. */

import type { Restored, Transfer } from '../../contract/checkpoint-news.ts';
import { NO_PROGRESS } from '../../contract/checkpoints.ts';
import { wordsOf } from '../../repl/messages/wording.ts';
import { background } from '../../supervisor/platform/background.ts';
import type { Outcome, Saving, Session } from '../../supervisor/session.ts';
import type { Wanted } from '../../supervisor/store/store.ts';
import type { Send } from '../ipc/signals.ts';
import { toRestored } from './checkpoint-cards.ts';

/** Progress is told no more often than it can be read. */
const GATHER_MS = 80;

export interface TransferParts {
  send: Send;
  /** What the user calls the checkpoint that is meant. */
  nameOf: (wanted: Wanted) => string | null;
  /** A whole session is back: bring back what was around it; a sentence of what became of the script, or `null`. */
  restored: (checkpoint: string) => Promise<string | null>;
}

export class TransferProgress {
  readonly #parts: TransferParts;
  #saving: Transfer | null = null;
  #restoring: Transfer | null = null;
  #restored: Restored | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: TransferParts) {
    this.#parts = parts;
  }

  get transfer(): Transfer | null {
    return this.#restoring ?? this.#saving;
  }

  get restored(): Restored | null {
    return this.#restored;
  }

  follow({ checkpoints }: Session): void {
    this.#tellAftermath(null);
    checkpoints.on('progress', (saving) => {
      this.#saving = saving && toPassage(saving);
      this.#change();
    });
    checkpoints.on('loading', (progress) => {
      if (this.#restoring) this.#restoring = { ...this.#restoring, progress };
      this.#change();
    });
    checkpoints.on('restoring', (wanted) => this.#restore(wanted));
    checkpoints.on('restored', (restoration, isWhole) => {
      background(this.#settle(toRestored(restoration), isWhole), 'telling what came back');
    });
    checkpoints.on('rebuilt', (outcomes) => this.#rebuilt(outcomes));
  }

  /** What came of the restore has been read. */
  dismiss(): void {
    this.#tellAftermath(null);
  }

  /** This checkpoint is looked for, to be restored; `null` when that is over. */
  #restore(wanted: Wanted | null): void {
    const name = wanted === null ? null : this.#parts.nameOf(wanted);
    this.#restoring =
      wanted === null ? null : { kind: 'restoring', name, automatic: false, progress: NO_PROGRESS };
    this.#change();
  }

  async #settle(restored: Restored, isWhole: boolean): Promise<void> {
    // The names are back, whatever is wrong with what was around them.
    const script = isWhole ? await this.#parts.restored(restored.card.id).catch(wordsOf) : null;
    const { missing, warnings } = restored;
    const hasWords = missing.length > 0 || warnings.length > 0 || script !== null;
    this.#tellAftermath(hasWords ? { ...restored, script } : null);
  }

  /** What was recreated is no longer missing. */
  #rebuilt(outcomes: readonly Outcome[]): void {
    const restored = this.#restored;
    if (!restored || outcomes.some(({ outcome }) => outcome !== 'ok')) return;
    const missing = restored.missing.filter(({ run }) => run === null);
    this.#tellAftermath(missing.length > 0 ? { ...restored, missing, runs: [] } : null);
  }

  #tellAftermath(restored: Restored | null): void {
    this.#restored = restored;
    this.#parts.send('restored', restored);
  }

  #change(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#parts.send('transfer', this.transfer);
    }, GATHER_MS);
  }
}

function toPassage({ name, automatic, progress }: Saving): Transfer {
  return { kind: 'saving', name, automatic, progress };
}
