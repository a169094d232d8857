/** Where the keyboard was before it came to the timeline, and the way back. */

import type { FocusEvent } from 'react';
import { hideDrawer } from '../app/arrangement.ts';
import { focusTerminal } from '../console/terminal.ts';

let before: HTMLElement | null = null;

/** For the pane's focus: remember who had the keyboard. */
export function noteKeyboard({ relatedTarget, currentTarget }: FocusEvent): void {
  if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) before = relatedTarget;
}

/** Give the keyboard to the list of states; without one, to what says why. */
export function focusList(): void {
  document.querySelector<HTMLElement>('.states, .timeline .nothing')?.focus();
}

export function giveKeyboardBack(): void {
  hideDrawer();
  if (before?.isConnected) before.focus();
  else focusTerminal();
}
