/** The keys of the timeline. */

import type { KeyboardEvent } from 'react';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { bringIntoView, ROW_PX } from '../ui/scrolling.ts';
import { focusList } from './keyboard.ts';
import { useStates } from './session-states.ts';
import { activeState, beginNaming, press, rest, useCursor } from './state-cursor.ts';

/** How a key moves among rows, as many of which are in view as `page` says. */
const MOVES: Record<string, (index: number, page: number, last: number) => number> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  PageUp: (index, page) => index - page,
  PageDown: (index, page) => index + page,
  Home: () => 0,
  End: (_index, _page, last) => last,
};

/** A key in the list. */
export function pressKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { key, currentTarget: list } = event;
  const move = MOVES[key];
  if (move) moveBy(move, list);
  else if (key === 'Enter' || key === ' ') press(activeState());
  else if (key === 'F2') beginNaming();
  else return;
  event.preventDefault();
}

/** A key anywhere in the pane: first out of what is shown of a state, then out of the timeline. */
export function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (useCursor.getState().shown) {
    focusList();
    useCursor.setState({ shown: false, naming: false });
  } else {
    rest();
    giveKeyboardBack();
  }
}

function moveBy(move: (typeof MOVES)[string], list: HTMLElement): void {
  const { rows } = useStates.getState();
  const active = activeState();
  const from = rows.findIndex(({ id }) => id === active);
  const page = Math.max(1, Math.floor(list.clientHeight / ROW_PX) - 1);
  const last = rows.length - 1;
  const index = Math.min(Math.max(move?.(from, page, last) ?? from, 0), last);
  useCursor.setState({ active: rows[index]?.id ?? null, naming: false });
  bringIntoView(list, index);
}
