/** The end of a console: Python gets time to end, what is new is saved first, and what is lost with it is said. */

import type { Failed, Saving, Session } from '../../supervisor/session.ts';

/** Saving and ending take no longer than this. */
const LONGEST_MS = 12_000;
/** What takes longer than this is told. */
const TOLD_AFTER_MS = 500;

export interface LeavingOptions {
  session: Session;
  /** Whether it is saved automatically, so that one may count on it. */
  automatic: boolean;
  say(text: string): void;
}

const NOTICE = '· saving the session · Ctrl-C leaves without';

/** Save a state of which there is no copy while there is Python; one that has a copy can be saved later. */
export async function saveUncopied({ session, say }: Pick<LeavingOptions, 'session' | 'say'>): Promise<void> {
  if (['frozen', 'fresh'].includes(session.state.copy)) {
    return;
  }
  const notice = setTimeout(() => say(NOTICE), TOLD_AFTER_MS);
  await session.checkpoints.finish();
  clearTimeout(notice);
}

/** Follows what is saved, so that one knows in the end what is not. */
export class Leaving {
  readonly #options: LeavingOptions;
  #saving: { save: Saving; state: number } | null = null;
  #saved = 0;
  #reason: string | null = null;

  constructor(options: LeavingOptions) {
    this.#options = options;
    const { checkpoints } = options.session;
    checkpoints.on('progress', (saving) => this.#begin(saving));
    checkpoints.on('saved', () => this.#end());
    checkpoints.on('failed', ({ reason }: Failed) => {
      this.#reason = reason;
    });
  }

  /** Close the session, in bounded time; Ctrl-C bounds it too. */
  async close(): Promise<void> {
    const { session, automatic, say } = this.#options;
    const { id, copy, reason } = session.state;
    const notice = setTimeout(() => say(NOTICE), TOLD_AFTER_MS);
    await Promise.race([session.close(), impatience()]);
    clearTimeout(notice);
    if (automatic && id !== 0 && id !== this.#saved) {
      const why =
        copy === 'frozen' || !reason ? 'There was no time for it.' : `There is no copy of it: ${reason}.`;
      say(`· What was run last is not saved. ${this.#reason ?? why}`);
    }
  }

  #begin(save: Saving | null): void {
    if (save && save !== this.#saving?.save) {
      this.#saving = { save, state: this.#options.session.state.id };
    }
  }

  #end(): void {
    this.#saved = this.#saving?.state ?? this.#saved;
    this.#reason = null;
  }
}

/** Time is up, or the user does not want to wait. */
function impatience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_MS).unref();
    process.once('SIGINT', () => resolve());
  });
}
