/** Tells the window of the session's states: what is new, and no more often than it can be seen. */

import { NO_POSITION, type StateRow, type StatesNews, type TreePosition } from '../../contract/state-news.ts';
import type { Session, State } from '../../supervisor/session.ts';
import type { Send } from '../ipc/signals.ts';
import { toRow } from './state-rows.ts';

/** News of so long travel together: a run alone makes several. */
const GATHER_MS = 30;

export class StateFeed {
  readonly #send: Send;
  #session: Session | null = null;
  /** The states as the window knows them; one that has changed is another object. */
  #told = new Map<number, State>();
  #timer: NodeJS.Timeout | null = null;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Follow this session from now on, or none. */
  follow(session: Session | null): void {
    this.#session = session;
    this.#told.clear();
    session?.on('states', () => this.#change());
    this.#change();
  }

  /** All states, for a page that knows none. */
  all(): StatesNews {
    this.#told.clear();
    return this.#news();
  }

  get position(): TreePosition {
    const session = this.#session;
    if (session === null) return NO_POSITION;
    const { state, redoesTo, transactions, held, python } = session;
    const able = python?.capabilities.includes('states') ?? true;
    return {
      current: state.id,
      undo: able ? state.parent : null,
      redo: able ? redoesTo : null,
      transactions: [...transactions],
      held,
      able,
    };
  }

  #change(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tell();
    }, GATHER_MS);
  }

  #tell(): void {
    this.#send('states', this.#news());
  }

  #news(): StatesNews {
    const states = this.#session?.states ?? [];
    const ids = new Set(states.map(({ id }) => id));
    const whole = this.#told.size === 0 || [...this.#told.keys()].some((id) => !ids.has(id));
    if (whole) this.#told.clear();
    const rows: StateRow[] = [];
    for (const state of states) {
      if (this.#told.get(state.id) === state) continue;
      this.#told.set(state.id, state);
      rows.push(toRow(state));
    }
    return { ...this.position, rows, whole };
  }
}
