/** Follows the saves of a session: how far one is, as what it was saved, and whether one failed that nobody asked for. */

import type { Checkpoint } from '../../contract/checkpoints.ts';
import type { Failed, Saving, Session } from '../../supervisor/session.ts';
import { savingWords } from '../messages/checkpoint-notes.ts';

/** What is over sooner needs no line. */
const SHOWN_AFTER_MS = 300;

export interface SaveTrackerOptions {
  session: Session;
  /** Say something when there is a prompt. */
  remark(text: string): void;
  /** What stands under the prompt has changed. */
  changed(): void;
}

export class SaveTracker {
  readonly #options: SaveTrackerOptions;
  /** The one that the user has asked for. */
  #saving: Saving | null = null;
  #cancelled: Saving | null = null;
  #isShown = false;
  #timer: NodeJS.Timeout | undefined;
  #session: string | null = null;
  #named: { id: string; restored: unknown } | null = null;

  constructor(options: SaveTrackerOptions) {
    this.#options = options;
    const { checkpoints } = options.session;
    checkpoints.on('progress', this.#follow).on('saved', this.#remember).on('failed', this.#complain);
  }

  /** What the session is in the store; `null` before it was saved. */
  get session(): string | null {
    return this.#session;
  }

  /** The checkpoint that the session was last saved as by name, or restored from. */
  get last(): string | null {
    const { restoration } = this.#options.session.checkpoints;
    const restored = restoration?.checkpoint.id ?? null;
    return this.#named?.restored === restoration ? (this.#named?.id ?? restored) : restored;
  }

  /** How far the save is that the user has asked for; `null` where none is going on. */
  get words(): string | null {
    const { status } = this.#options.session;
    return this.#saving && this.#isShown ? savingWords(this.#saving, status.kind === 'saving') : null;
  }

  /** Stop the save that the user has asked for; returns whether there is one. */
  cancel(): boolean {
    this.#cancelled = this.#saving;
    this.#saving?.cancel();
    return this.#saving !== null;
  }

  /** Whether it was the user who stopped it. */
  isCancelled(saving: Saving): boolean {
    return saving === this.#cancelled;
  }

  close(): void {
    clearTimeout(this.#timer);
    const { checkpoints } = this.#options.session;
    checkpoints.off('progress', this.#follow).off('saved', this.#remember).off('failed', this.#complain);
  }

  readonly #follow = (saving: Saving | null): void => {
    const asked = saving?.automatic ? null : saving;
    if (asked !== this.#saving) {
      this.#saving = asked;
      clearTimeout(this.#timer);
      this.#timer = asked ? setTimeout(() => this.#show(), SHOWN_AFTER_MS) : undefined;
    }
    if (this.#isShown) {
      this.#isShown = asked !== null;
      this.#options.changed();
    }
  };

  readonly #remember = ({ id, name, session }: Checkpoint): void => {
    this.#session = session;
    if (name !== null) {
      this.#named = { id, restored: this.#options.session.checkpoints.restoration };
    }
  };

  readonly #complain = ({ automatic, reason }: Failed): void => {
    if (automatic) {
      this.#options.remark(`· The session could not be saved automatically. ${reason}`);
    }
  };

  #show(): void {
    this.#isShown = true;
    this.#options.changed();
  }
}
