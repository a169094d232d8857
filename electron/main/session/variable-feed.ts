/** Tells the window what the session's names stand for, as long as somebody looks: after each run, and each move. */

import {
  NO_VARIABLES,
  type Parts,
  type VariablePath,
  type VariablesNews,
} from '../../contract/variable-news.ts';
import { wordsOf } from '../../repl/messages/wording.ts';
import { background } from '../../supervisor/platform/background.ts';
import type { Session, Variables } from '../../supervisor/session.ts';
import type { Send } from '../ipc/signals.ts';

/** News of so long travel together: a run alone makes several. */
const GATHER_MS = 30;
/** More names than these are counted, not told. */
const MOST_NAMES = 20_000;
/** So many parts of a value are told. */
const MOST_PARTS = 1_000;

export class VariableFeed {
  readonly #send: Send;
  #session: Session | null = null;
  #isWatched = false;
  #news = NO_VARIABLES;
  /** What was looked at last: the state, and whether there is a copy of it. */
  #seen = '';
  #timer: NodeJS.Timeout | null = null;
  /** Ends the listing that goes on. */
  #listing: AbortController | null = null;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Follow this session from now on. */
  follow(session: Session): void {
    this.#session = session;
    this.#seen = '';
    this.#tell(NO_VARIABLES);
    session.on('states', () => this.#change());
    session.on('status', ({ kind }) => {
      if (kind === 'ended') this.#tell(NO_VARIABLES);
    });
    this.#change();
  }

  /** Somebody looks, or no longer: then no value is asked for anything. */
  watch(isWanted: boolean): void {
    this.#isWatched = isWanted;
    this.#seen = '';
    if (isWanted) this.#change();
    else this.#listing?.abort();
  }

  /** What is inside of a value of a state; or why that cannot be told, in words. */
  async open(state: number, path: VariablePath): Promise<Parts | string> {
    try {
      const found = await this.#session?.variables({ state, path, most: MOST_PARTS });
      return found ? { count: found.count, variables: found.variables } : 'There is no Python.';
    } catch (error) {
      return wordsOf(error);
    }
  }

  #change(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#isWatched) background(this.#look(), 'looking at the variables');
    }, GATHER_MS);
  }

  async #look(): Promise<void> {
    const session = this.#session;
    if (!session || session.status.kind === 'ended') return;
    const { id, copy } = session.state;
    const seen = `${id} ${copy}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#listing?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    this.#listing = controller;
    const tell = (variables: Variables) => {
      if (!signal.aborted && session === this.#session) this.#tell({ ...variables, failure: null });
    };
    try {
      tell(await session.variables({ most: MOST_NAMES, soon: tell, signal }));
    } catch (error) {
      if (!signal.aborted && session === this.#session)
        this.#tell({ ...this.#news, failure: wordsOf(error) });
    }
  }

  #tell({ state, limit, failure, isWhole, count, variables }: VariablesNews): void {
    this.#news = { state, limit, failure, isWhole, count, variables };
    this.#send('variables', this.#news);
  }
}
