/** Runs whose effects are kept or dropped as a whole: begun, and then committed or rolled back; they nest. */

import { CodedError } from '../platform/errors.ts';

export interface Transaction {
  /** The state that a rollback goes back to. */
  state: number;
  /** The first run in it. */
  since: number;
}

export class Transactions {
  #open: Transaction[] = [];

  /** Those that are open, the outermost first. */
  get open(): readonly Transaction[] {
    return this.#open;
  }

  begin(transaction: Transaction): void {
    this.#open.push(transaction);
  }

  /** The one that was begun last; throws an Error with words where none is open. */
  innermost(what: 'commit' | 'roll back'): Transaction {
    const transaction = this.#open.at(-1);
    if (!transaction) {
      throw new CodedError('NO_TRANSACTION', `There is no transaction to ${what}; %begin opens one.`);
    }
    return transaction;
  }

  end(transaction: Transaction): void {
    this.#open = this.#open.filter((each) => each !== transaction);
  }

  /** The session has gone to another state: those that began behind it, or beside it, are over. */
  keepOnly(states: ReadonlySet<number>): void {
    this.#open = this.#open.filter(({ state }) => states.has(state));
  }
}
