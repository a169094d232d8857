/** Questions about the tree of states: what lies between two of them, and where a death would lead. */

import type { Session, State } from '../supervisor/session.ts';
import { isReachable } from '../supervisor/states.ts';

/** The states that are left on the way from one to another, the newest first: those that do not lead to it. */
export function statesLeft(states: readonly State[], from: number, to: number): State[] {
  const kept = new Set(upwards(states, to).map(({ id }) => id));
  return upwards(states, from).filter(({ id }) => !kept.has(id));
}

/** The runs that led to these states, ascending. */
export function runsOf(states: readonly State[]): number[] {
  return states.flatMap(({ run }) => run ?? []).sort((one, other) => one - other);
}

/** What no undo takes back of what led to these states, each clause once, in the order in which it was done. */
export function outsideOf(states: readonly State[]): string[] {
  return [...new Set([...states].reverse().flatMap(({ changes }) => changes?.outside ?? []))];
}

/** Where the session goes back to when the run that goes on is killed; `null` where all would be lost. */
export function refuge({ python, state, states }: Session): State | null {
  if (!python?.capabilities.includes('states')) {
    return null;
  }
  // As the session does: it goes back to the start only where no more than one run before this one is lost by it.
  const isNear = state.id === 0 || state.parent === 0;
  const isRefuge = (each: State) => isReachable(each) && (isNear || each.copy !== 'fresh');
  return upwards(states, state.id).find(isRefuge) ?? null;
}

/** The state and those that led to it, the nearest first. */
function upwards(states: readonly State[], id: number): State[] {
  const byId = new Map(states.map((state) => [state.id, state]));
  const found: State[] = [];
  for (let state = byId.get(id); state; state = state.parent === null ? undefined : byId.get(state.parent)) {
    found.push(state);
  }
  return found;
}
