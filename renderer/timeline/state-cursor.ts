/** Which row of the timeline is looked at. */

import { create } from 'zustand';
import { isReachable } from '../../electron/contract/state-tree.ts';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { hindrance } from '../model/situation-words.ts';
import { useStates } from './session-states.ts';

interface Cursor {
  /** The state; `null` for the one that the session is in. */
  active: number | null;
  /** Whether it is shown what going there would change: then the next Enter or click goes. */
  shown: boolean;
  /** Whether its name is being written. */
  naming: boolean;
}

const AT_REST: Cursor = { active: null, shown: false, naming: false };

export const useCursor = create<Cursor>(() => AT_REST);

/** What was looked at is past when the session has come there, or goes on while nothing is shown. */
export function followCurrent(): void {
  useStates.subscribe(({ current, byId }, before) => {
    const { active, shown } = useCursor.getState();
    const isGone = active !== null && !byId.has(active);
    if (isGone || (current !== before.current && (active === current || !shown))) rest();
  });
}

export function rest(): void {
  useCursor.setState(AT_REST);
}

export function activeState(): number {
  return useCursor.getState().active ?? useStates.getState().current;
}

/** The first Enter or click on a state shows it, the second goes. */
export function press(id: number): void {
  const { shown } = useCursor.getState();
  if (shown && id === activeState()) go(id);
  else useCursor.setState({ active: id, shown: true, naming: false });
}

/** Go to a state if that is possible; the keyboard goes back to where it was, for the next run. */
export function go(id: number): void {
  const { byId, current } = useStates.getState();
  const row = byId.get(id);
  if (!row || id === current || !isReachable(row) || hindrance(useSituation.getState())) return;
  tell('goTo', id);
  rest();
  giveKeyboardBack();
}

export function beginNaming(): void {
  useCursor.setState({ active: activeState(), shown: true, naming: true });
}
