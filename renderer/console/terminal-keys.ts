/** The keys that belong to the window even while the console has the keyboard. */

import { isAlwaysOfWindow } from '../../electron/wording/keys.ts';

/** Everything else is the terminal's. */
export function isWindowKey(event: KeyboardEvent): boolean {
  return event.metaKey || isAlwaysOfWindow(event);
}

export function isCopyKey({ key, ctrlKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey && shiftKey && !altKey && key.toUpperCase() === 'C';
}
