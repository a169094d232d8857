/** Questions about the tree of states: what lies between two of them. */

import type { State } from '../../supervisor/session.ts';

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

/** The state and those that led to it, the nearest first. */
function upwards(states: readonly State[], id: number): State[] {
  const byId = new Map(states.map((state) => [state.id, state]));
  const found: State[] = [];
  for (let state = byId.get(id); state; state = state.parent === null ? undefined : byId.get(state.parent)) {
    found.push(state);
  }
  return found;
}
