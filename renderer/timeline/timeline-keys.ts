/** The keys of the timeline. */

import type { KeyboardEvent } from 'react';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { rowBy } from '../ui/list-keys.ts';
import { bringIntoView, pageOf } from '../ui/scrolling.ts';
import { focusList } from './keyboard.ts';
import { useStates } from './session-states.ts';
import { activeState, beginNaming, press, rest, useCursor } from './state-cursor.ts';

/** A key in the list. */
export function pressKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { key, currentTarget: list } = event;
  if (key === 'Enter' || key === ' ') press(activeState());
  else if (key === 'F2') beginNaming();
  else if (!moveBy(key, list)) return;
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

/** Look at the row that a key leads to; false for a key that does not move. */
function moveBy(key: string, list: HTMLElement): boolean {
  const { rows } = useStates.getState();
  const active = activeState();
  const index = rowBy(key, {
    index: rows.findIndex(({ id }) => id === active),
    page: pageOf(list),
    count: rows.length,
  });
  if (index === null) return false;
  useCursor.setState({ active: rows[index]?.id ?? null, naming: false });
  bringIntoView(list, index);
  return true;
}
