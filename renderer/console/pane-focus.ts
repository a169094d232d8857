/** Where the keyboard was before it came to the rail, and the way back. */

import type { FocusEvent } from 'react';
import { hideDrawer } from '../model/arrangement.ts';
import { focusTerminal } from './xterm.ts';

let before: HTMLElement | null = null;

/** For the rail's focus: remember who had the keyboard. */
export function noteKeyboard({ relatedTarget, currentTarget }: FocusEvent): void {
  if (relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget)) before = relatedTarget;
}

export function giveKeyboardBack(): void {
  hideDrawer();
  if (before?.isConnected) before.focus();
  else focusTerminal();
}
