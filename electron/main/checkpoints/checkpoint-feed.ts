/** Tells the window of all saved sessions, and of those that are offered at the start. */

import { setTimeout as wait } from 'node:timers/promises';
import type { SavedNews } from '../../contract/checkpoint-news.ts';
import { isDamaged, MOST_OFFERED } from '../../contract/checkpoints.ts';
import { wordsOf } from '../../repl/messages/wording.ts';
import { background } from '../../supervisor/platform/background.ts';
import type { Session } from '../../supervisor/session.ts';
import type { Store, Wanted } from '../../supervisor/store/store.ts';
import type { Send } from '../ipc/signals.ts';
import { toListed, toOffered } from './checkpoint-cards.ts';

/** So long the first picture may be kept waiting. */
const PATIENCE_MS = 500;

const NOTHING: SavedNews = { session: null, cards: [], offers: [], complaint: null, warning: null };

export class CheckpointFeed {
  readonly #store: Store;
  readonly #send: Send;
  #news = NOTHING;
  #first: Promise<void> = Promise.resolve();
  #reading: Promise<void> | null = null;
  /** Whether something has changed since it was begun to be read. */
  #isStale = false;

  constructor(store: Store, send: Send) {
    this.#store = store;
    this.#send = send;
  }

  get news(): SavedNews {
    return this.#news;
  }

  /** Read what there is, and what is offered; from then on follow each change, of whichever process. */
  begin(): void {
    this.#store.onChange(() => background(this.#refresh(), 'reading the saved sessions'));
    this.#first = this.#readOffers().then(() => this.#refresh());
  }

  /** Resolve when that has been read for the first time, or takes longer than a window can be kept waiting. */
  whenRead(): Promise<void> {
    return Promise.race([this.#first, wait(PATIENCE_MS)]);
  }

  /** What the user calls this checkpoint; words that are no id are its name. */
  nameOf(wanted: Wanted): string | null {
    const words = typeof wanted === 'string' ? wanted : wanted.id;
    const card = this.#news.cards.find(({ id }) => id === words);
    if (!card) return typeof wanted === 'string' ? words || null : null;
    return isDamaged(card) ? null : card.name;
  }

  follow({ checkpoints }: Session): void {
    this.#change({ session: null });
    checkpoints.on('saved', ({ session }) => this.#change({ session, complaint: null }));
    checkpoints.on('failed', ({ reason }) => this.#change({ complaint: reason }));
  }

  /** The user has chosen what to begin with. */
  settleOffers(): void {
    this.#change({ offers: [] });
  }

  /** Let the sessions be whose offer was shown; they stay among the saved ones. */
  async dismissOffers(): Promise<void> {
    const sessions = this.#news.offers.slice(0, MOST_OFFERED).map(({ card }) => card.session);
    this.settleOffers();
    try {
      for (const session of sessions) await this.#store.dismiss(session);
    } catch (error) {
      this.#change({ complaint: wordsOf(error) });
    }
  }

  async #readOffers(): Promise<void> {
    try {
      const offers = await this.#store.offers();
      this.#change({ offers: offers.map(toOffered) });
    } catch (error) {
      this.#change({ complaint: wordsOf(error) });
    }
  }

  #refresh(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        const [cards, { warning }] = [await this.#store.list(), await this.#store.usage()];
        this.#change({ cards: cards.map(toListed), warning });
      } catch (error) {
        this.#change({ complaint: wordsOf(error) });
      }
    }
  }

  #change(changes: Partial<SavedNews>): void {
    this.#news = { ...this.#news, ...changes };
    this.#send('saved', this.#news);
  }
}
