/** The keys that belong to the window even while the console has the keyboard. */

import { isAlwaysOfWindow } from '../../electron/wording/keys.ts';

/** Everything else is the terminal's. */
export function isWindowKey(event: KeyboardEvent): boolean {
  return event.metaKey || isAlwaysOfWindow(event);
}

export function isCopyKey({ key, ctrlKey, shiftKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey && shiftKey && !altKey && key.toUpperCase() === 'C';
}

/** A string of bytes, such as a report of the mouse, as text: what is no UTF-8 by itself is a lone surrogate (`typed-bytes.ts`). */
export function textOfBytes(bytes: string): string {
  return bytes.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)));
}
