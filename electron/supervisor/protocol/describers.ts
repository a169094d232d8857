/** The describers: each a copy of a frozen state that answers one question about its names, and ends. */

import type { Inspect, Inspected, Uninspected, Variable } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import type { HostProcess } from './host-process.ts';

/** What is known of the names of a state, of the parts of one value, or of one name in whole. */
export interface Listing<Told = Variable> {
  /** How many there are in all. */
  count: number;
  /** Whether all values have been asked. */
  isWhole: boolean;
  told: Told[];
}

export interface Question<Told = Variable> extends Omit<Inspect, 'kind' | 'id' | 'asks'> {
  /** What is said before the reason where it cannot be answered, a sentence without its full stop. */
  failure: string;
  /** Called with what is known already, where the values take longer to answer. */
  soon?: ((listing: Listing<Told>) => void) | undefined;
  /** Nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

/** A value that was asked has ended the describer: less can be told without asking. */
export class DescriberDied extends CodedError {
  /** How it ended, a clause. */
  readonly reason: string;

  constructor(failure: string, reason: string) {
    super('UNTOLD', `${failure}: ${reason}.`);
    this.reason = reason;
  }
}

interface Pending {
  failure: string;
  soon: ((listing: Listing<never>) => void) | undefined;
  resolve: (listing: Listing<never>) => void;
  reject: (error: Error) => void;
}

export class Describers {
  readonly #host: () => HostProcess;
  readonly #pending = new Map<number, Pending>();
  #last = 0;

  constructor(host: () => HostProcess) {
    this.#host = host;
  }

  /**
   * Have a describer answer; rejects with words where it cannot, or is not waited for. Where a value ends it another one
   * answers that asks none, and `limit` says why.
   */
  async ask<Told = Variable>(question: Question<Told>): Promise<Listing<Told> & { limit: string | null }> {
    try {
      return { ...(await this.#ask(question, true)), limit: null };
    } catch (error) {
      if (error instanceof DescriberDied) {
        return { ...(await this.#ask(question, false)), limit: error.reason };
      }
      throw error;
    }
  }

  async #ask<Told>(
    { failure, soon, signal, ...question }: Question<Told>,
    asks: boolean,
  ): Promise<Listing<Told>> {
    signal?.throwIfAborted();
    this.#last += 1;
    const id = this.#last;
    const host = this.#host();
    const abandon = () => {
      this.#settle(id)?.reject(signal?.reason);
      host.abandon(id);
    };
    signal?.addEventListener('abort', abandon);
    try {
      return await new Promise<Listing<Told>>((resolve, reject) => {
        this.#pending.set(id, { failure, soon, resolve, reject });
        host.inspect({ kind: 'inspect', id, asks, ...question });
      });
    } finally {
      signal?.removeEventListener('abort', abandon);
    }
  }

  heard(report: Inspected | Uninspected, payload: Buffer): void {
    if (report.kind === 'uninspected') {
      const pending = this.#settle(report.id);
      const { failure } = pending ?? { failure: '' };
      pending?.reject(
        report.died
          ? new DescriberDied(failure, report.reason)
          : new CodedError('UNTOLD', `${failure}: ${report.reason}.`),
      );
    } else if (report.whole) {
      this.#settle(report.id)?.resolve(readListing(report, payload));
    } else {
      this.#pending.get(report.id)?.soon?.(readListing(report, payload));
    }
  }

  /** Python's host has ended, and all describers with it. */
  refuse(error: Error): void {
    for (const { reject } of this.#pending.values()) {
      reject(error);
    }
    this.#pending.clear();
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

export function readListing<Told>({ count, whole }: Inspected, payload: Buffer): Listing<Told> {
  return { count, isWhole: whole, told: JSON.parse(payload.toString()) };
}
