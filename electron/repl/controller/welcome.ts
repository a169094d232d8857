/** The sessions that were open when they ended: one key brings one back, any other begins clean. */

import { MOST_OFFERED, type Offer } from '../../contract/checkpoints.ts';
import type { Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { Key } from '../line-editor/keys.ts';
import { offerWords } from '../messages/checkpoint-notes.ts';

interface Look {
  columns: number;
  now: number;
  /** Whether a key is waited for. */
  canChoose: boolean;
}

/** Lines, each with its dot; empty where nothing is offered. */
export function offerLines(offers: readonly Offer[], { columns, now, canChoose }: Look): string[] {
  if (offers.length === 0) {
    return [];
  }
  const shown = offers.slice(0, MOST_OFFERED);
  const rest = offers.length - shown.length;
  const keys = shown.length === 1 ? '1 to bring it back' : `1 to ${shown.length} to bring one back`;
  return [
    ...shown.map(
      (offer, index) => `${keyOf(index)}${offerWords(offer, columns - 1 - keyOf(index).length, now)}`,
    ),
    ...(rest > 0 ? [`· and ${rest} more: %checkpoints`] : []),
    canChoose
      ? `· press ${keys}; any other key starts clean`
      : '· %checkpoints lists them, %restore brings one back',
  ];
}

function keyOf(index: number): string {
  return `· ${index + 1}  `;
}

export interface WelcomeOptions {
  session: Session;
  store: Store | null;
  /** The newest first. */
  offers: Promise<Offer[]> | undefined;
  say(text: string): void;
  /** Bring one back, by its id. */
  restore(id: string): void;
}

export class Welcome {
  readonly #options: WelcomeOptions;
  #offers: Offer[] = [];

  constructor(options: WelcomeOptions) {
    this.#options = options;
    // Who arrives hears of it.
    options.offers?.catch(() => undefined);
  }

  /** Wait until it is known what can be offered. */
  async arrive(): Promise<void> {
    try {
      this.#offers = (await this.#options.offers) ?? [];
    } catch (error) {
      this.#options.say(`· ${(error as Error).message}`);
    }
  }

  /** Show what is offered; returns what is to be asked of the first key, if anything: whether it chooses. */
  show(look: Look): ((key: Key) => boolean) | null {
    for (const line of offerLines(this.#offers, look)) {
      this.#options.say(line);
    }
    return look.canChoose && this.#offers.length > 0 ? (key) => this.#take(key) : null;
  }

  get #shown(): Offer[] {
    return this.#offers.slice(0, MOST_OFFERED);
  }

  close(): void {
    this.#options.session.off('outcome', this.#settle);
  }

  /** Whether the first key at the prompt chooses one of them; any other key is the prompt's. */
  #take({ name, text }: Key): boolean {
    const { restore, session } = this.#options;
    const offer = name === 'text' && /^[1-9]$/.test(text) ? this.#shown[Number(text) - 1] : undefined;
    if (offer) {
      restore(offer.checkpoint.id);
    } else {
      // Not by the key alone: whoever leaves again without a run has not begun anything.
      session.once('outcome', this.#settle);
    }
    return offer !== undefined;
  }

  /** The user has gone on without those that were shown. */
  readonly #settle = (): void => {
    const { store, session } = this.#options;
    const restored = session.checkpoints.restoration?.checkpoint.session;
    for (const { checkpoint } of this.#shown.filter((each) => each.checkpoint.session !== restored)) {
      // Where that fails they are offered once more.
      store?.dismiss(checkpoint.session).catch(() => undefined);
    }
  };
}
