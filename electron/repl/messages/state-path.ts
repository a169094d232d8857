/** What is told of the states that a move leaves or comes to. */

import { byId, pathBetween } from '../../contract/state-tree.ts';
import type { State } from '../../supervisor/session.ts';

/** The states that are left on the way from one to another, the newest first: those that do not lead to it. */
export function statesLeft(states: readonly State[], from: number, to: number): State[] {
  return pathBetween(byId(states), from, to).left;
}

/** The runs that led to these states, ascending. */
export function runsOf(states: readonly State[]): number[] {
  return states.flatMap(({ run }) => run ?? []).sort((one, other) => one - other);
}

/** What no undo takes back of what led to these states, each clause once, in the order in which it was done. */
export function outsideOf(states: readonly State[]): string[] {
  return [...new Set([...states].reverse().flatMap(({ changes }) => changes?.outside ?? []))];
}
