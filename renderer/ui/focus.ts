/** Keeps the keyboard where it is. */

import type { MouseEvent } from 'react';

/** For a button's mouse-down: it can be clicked without taking the keyboard from editor or console. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
