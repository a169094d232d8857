/** What is to be said of one name of a session: asked of a copy of its state, as the variables are. */

import type { Inspected, Explanation as Told } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import { readListing } from '../protocol/describers.ts';
import type { SessionState } from './session-state.ts';
import { mustBeCurrent, settled } from './variables.ts';

/** What is to be said of one name. */
export interface Explanation extends Told {
  /** The state that was looked at. */
  state: number;
  /** Why less is told than usual, in a clause: the value was not asked; `null` where it was. */
  limit: string | null;
}

export interface ExplainOptions {
  /** Whether its source is wanted, too. */
  source?: boolean;
  /** Ends the work where nobody waits for it any more. */
  signal?: AbortSignal;
}

/** Explain `a.b.c`; rejects with words where there is no such name. */
export async function explain(
  core: SessionState,
  name: string,
  { source = false, signal }: ExplainOptions = {},
): Promise<Explanation> {
  await core.connection.whenReady();
  const state = await settled(core, undefined);
  const failure = `${name} cannot be explained`;
  const wanted = source ? ('source' as const) : ('explanation' as const);
  const question = { state: state.id, wanted, path: name.split('.'), first: 0, most: 1 };
  if (state.copy === 'frozen') {
    const { told, limit } = await core.describers.ask<Told>({ ...question, failure, signal });
    return explanationOf(told, state.id, limit, failure);
  }
  mustBeCurrent(core, state);
  const { message, payload } = await core.inquiries.ask<Inspected>({
    kind: 'inspect',
    asks: false,
    ...question,
  });
  const { current } = core.timeline.states;
  const limit = current.copy === 'fresh' ? null : (current.reason ?? 'there is no copy of the state');
  return explanationOf(readListing<Told>(message, payload).told, current.id, limit, failure);
}

function explanationOf(
  [told]: readonly Told[],
  state: number,
  limit: string | null,
  failure: string,
): Explanation {
  if (!told) {
    throw new CodedError('UNTOLD', `${failure}: there is no such name.`);
  }
  return { ...told, state, limit };
}
