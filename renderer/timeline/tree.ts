/** The session's states as a tree, put together from what the main process tells of them. */

import {
  NO_POSITION,
  type StateRow,
  type StatesNews,
  type TreePosition,
} from '../../electron/contract/state-news.ts';

export interface States extends TreePosition {
  /** All of them, oldest first. */
  rows: readonly StateRow[];
  byId: ReadonlyMap<number, StateRow>;
}

export const NO_STATES: States = {
  ...NO_POSITION,
  rows: [],
  byId: new Map(),
};

/** The states with what is new of them; a row that is as it was stays the same object. */
export function withNews(states: States, { rows: news, whole, ...standing }: StatesNews): States {
  if (news.length === 0 && !whole) return { ...states, ...standing };
  const byId = new Map(whole ? [] : states.byId);
  for (const row of news) byId.set(row.id, row);
  const rows = [...byId.values()].sort((one, other) => one.id - other.id);
  return { ...standing, rows, byId };
}
