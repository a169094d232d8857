/** What the names of a session stand for: asked of a copy of its state, so that looking costs the session nothing. */

import type { Changes, Inspect, Inspected } from '../../contract/messages.ts';
import type { Variable } from '../../contract/variable-news.ts';
import { CodedError } from '../platform/errors.ts';
import { type Listing, readListing } from '../protocol/describers.ts';
import type { State } from '../states/states.ts';
import type { SessionState } from './session-state.ts';

export type { Variable } from '../../contract/variable-news.ts';

/** The variables of a state. */
export interface Variables {
  /** The state whose values these are. */
  state: number;
  /** Whether a run goes on: these are the values of before. */
  isRunning: boolean;
  /** Why less is told than usual, in a clause: the live state was looked at, and no value asked; `null` where not. */
  limit: string | null;
  /** How many there are in all. */
  count: number;
  /** Whether all values have been asked that can tell more of themselves. */
  isWhole: boolean;
  variables: Variable[];
}

export interface VariablesOptions {
  /** A name, and which part of each, from 0: what is inside of it is listed. All names by default. */
  path?: readonly (string | number)[];
  /** The first that is wanted, from 0, and how many. */
  first?: number;
  most?: number;
  /** Another state than the one that the session is in: there must be a copy of it. */
  state?: number;
  /** Called with what is known already, where values take long to answer. */
  soon?: (variables: Variables) => void;
  /** Ends the work where nobody waits for it any more. */
  signal?: AbortSignal;
}

const MOST = 100_000;
const FAILURE = 'The variables could not be told';

export async function listVariables(core: SessionState, options: VariablesOptions = {}): Promise<Variables> {
  await core.connection.whenReady();
  const { path = [], first = 0, most = MOST, soon, signal } = options;
  const state = await settled(core, options.state);
  const question = { state: state.id, wanted: 'parts' as const, path: [...path], first, most };
  if (state.copy === 'fresh') {
    return variablesOf(core, state, nothing(path));
  }
  if (state.copy === 'frozen') {
    const early = soon && ((listing: Listing) => soon(variablesOf(core, state, listing)));
    const listing = await core.describers.ask({ ...question, failure: FAILURE, soon: early, signal });
    return limited(variablesOf(core, state, listing), listing.limit);
  }
  mustBeCurrent(core, state);
  return askLive(core, question);
}

/** The state that is looked at, once it is known whether there is a copy of it. */
export async function settled({ timeline }: SessionState, wanted: number | undefined): Promise<State> {
  for (;;) {
    const { id } = wanted === undefined ? timeline.states.current : timeline.states.get(wanted);
    await timeline.copied(id);
    const state = timeline.states.has(id) ? timeline.states.get(id) : null;
    if (state && state.copy !== 'pending' && (wanted !== undefined || id === timeline.states.current.id)) {
      return state;
    }
  }
}

/** The live state is the only one that can be asked in the place of a copy. */
export function mustBeCurrent({ timeline }: SessionState, { id, reason }: State): void {
  if (id !== timeline.states.current.id) {
    throw new CodedError('NO_COPY', `There is no copy of state ${id} to look at (${reason}).`);
  }
}

/** Nothing has run in a first state. */
function nothing(path: readonly (string | number)[]): Listing {
  if (path.length > 0) {
    throw new CodedError('UNTOLD', `${FAILURE}: there is no name ${path[0]}.`);
  }
  return { count: 0, isWhole: true, told: [] };
}

/** Ask the live state, when no run goes on in it. */
async function askLive(
  core: SessionState,
  question: Omit<Inspect, 'kind' | 'id' | 'asks'>,
): Promise<Variables> {
  const { message, payload } = await core.inquiries.ask<Inspected>({
    kind: 'inspect',
    asks: false,
    ...question,
  });
  const { current } = core.timeline.states;
  const reason = current.reason ?? 'there is no copy of the state';
  return limited(variablesOf(core, current, readListing(message, payload)), reason);
}

/** No value was asked for this reason; `null` where they were. */
function limited(variables: Variables, limit: string | null): Variables {
  return { ...variables, limit, isWhole: variables.isWhole && limit === null };
}

function variablesOf(core: SessionState, state: State, listing: Listing): Variables {
  const changes = changesOf(state.changes);
  return {
    state: state.id,
    isRunning: core.runs.current !== undefined,
    limit: null,
    count: listing.count,
    isWhole: listing.isWhole,
    variables: listing.told.map((told) => ({ ...told, change: changes.get(told.name) ?? null })),
  };
}

function changesOf(changes: Changes | null): Map<string, Exclude<Variable['change'], null>> {
  const found = new Map<string, Exclude<Variable['change'], null>>();
  for (const kind of ['added', 'rebound', 'changed'] as const) {
    for (const name of changes?.[kind] ?? []) {
      found.set(name, kind);
    }
  }
  return found;
}
