/** The session's variables, for the parts that show them, and what of them is wanted. */

import { create } from 'zustand';
import {
  NO_VARIABLES,
  type Parts,
  type VariablePath,
  type VariablesNews,
} from '../../electron/contract/variable-news.ts';
import { isTabShown, useRoom } from '../model/arrangement.ts';
import { background } from '../model/background.ts';
import { call, on, tell } from '../model/main-bridge.ts';
import { keyOf, type Sorting } from './visible-rows.ts';

interface VariablesView {
  news: VariablesNews;
  /** What has been opened, by the key of its path: what is inside, why that cannot be told, or `null` until it is known. */
  open: ReadonlyMap<string, Parts | string | null>;
  /** Groups whose names are not shown. */
  folded: ReadonlySet<string>;
  filter: string;
  sorting: Sorting;
  /** The row that has the cursor, by its key. */
  active: string | null;
  /** Whether all that is known of it is shown. */
  shown: boolean;
}

export const useVariables = create<VariablesView>(() => ({
  news: NO_VARIABLES,
  open: new Map(),
  folded: new Set(['definition', 'module']),
  filter: '',
  sorting: { by: 'name', falling: false },
  active: null,
  shown: false,
}));

/** Hear of the variables, as long as the pane can be seen. */
export function followVariables(): void {
  on('variables', take);
  // A page that was loaded again does not know what was asked before.
  let isWatched: boolean | null = null;
  const look = () => {
    const isWanted = isTabShown(useRoom.getState(), 'variables');
    if (isWanted !== isWatched) tell('watchVariables', isWanted);
    isWatched = isWanted;
  };
  look();
  useRoom.subscribe(look);
}

function take(news: VariablesNews): void {
  const { news: before, open } = useVariables.getState();
  if (news.state === before.state) {
    useVariables.setState({ news });
    return;
  }
  // What is open is asked for again, of the new state; until that is known, what was there is shown.
  const names = new Set(news.variables.map(({ name }) => name));
  const kept = [...open].filter(([key]) => names.has(String(JSON.parse(key)[0])));
  useVariables.setState({ news, open: new Map(kept) });
  for (const [key] of kept) ask(JSON.parse(key));
}

/** Show what is inside of a value, or no longer. */
export function toggleParts(path: VariablePath): void {
  const key = keyOf(path);
  const open = new Map(useVariables.getState().open);
  if (open.delete(key)) {
    useVariables.setState({ open });
    return;
  }
  useVariables.setState({ open: open.set(key, null) });
  ask(path);
}

function ask(path: VariablePath): void {
  const { state } = useVariables.getState().news;
  if (state === null) return;
  const asked = async () => {
    const parts = await call('openVariable', state, path);
    const { news, open } = useVariables.getState();
    const key = keyOf(path);
    if (news.state !== state || !open.has(key)) return;
    useVariables.setState({ open: new Map(open).set(key, parts) });
  };
  background(asked(), 'looking into a variable');
}

export function toggleGroup(group: string): void {
  const folded = new Set(useVariables.getState().folded);
  if (!folded.delete(group)) folded.add(group);
  useVariables.setState({ folded });
}

/** Sort by a column; the other way round where that is done already. */
export function sortBy(by: Sorting['by']): void {
  const { sorting } = useVariables.getState();
  // The largest is looked for, and the first name.
  const falling = sorting.by === by ? !sorting.falling : by === 'size';
  useVariables.setState({ sorting: { by, falling } });
}
