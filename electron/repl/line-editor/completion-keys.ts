/** What keys do while the list of completions is open. */

import type { TextBuffer } from './buffer.ts';
import { Choices } from './completion-choices.ts';
import type { Key } from './keys.ts';

/** What became of a key: whether it has done its work, and the list that is open now. */
export interface Chosen {
  isTaken: boolean;
  choices: Choices | null;
}

/** Press a key; the buffer shows the choice. Keys that are none of the list's close it. */
export function pressInChoices(key: Key, choices: Choices, buffer: TextBuffer, columns: number): Chosen {
  const isDropped = key.name === 'Escape' || key.name === 'C-g';
  const isTaken = key.name === 'Enter' && choices.chosen !== null;
  if (isDropped) {
    choices.chosen = null;
  } else if (!isTaken && !step(key.name, choices, columns)) {
    return typeOn(key, choices, buffer);
  }
  if (choices.text !== buffer.text.slice(choices.start, buffer.cursor)) {
    buffer.replace(choices.start, buffer.cursor, choices.text, 'choose');
  }
  return { isTaken: true, choices: isDropped || isTaken ? null : choices };
}

/** Whether the key chooses. */
function step(name: string, choices: Choices, columns: number): boolean {
  if (name === 'Tab' || name === 'Down') {
    choices.step(1);
  } else if (name === 'S-Tab' || name === 'Up') {
    choices.step(-1);
  } else if (name === 'Left') {
    choices.stepColumn(-1, columns);
  } else if (name === 'Right') {
    choices.stepColumn(1, columns);
  } else {
    return false;
  }
  return true;
}

/** A name that is typed on narrows the list. */
function typeOn(key: Key, choices: Choices, buffer: TextBuffer): Chosen {
  if (key.name !== 'text' || choices.chosen !== null || !/^[\p{L}\p{N}_]+$/u.test(key.text)) {
    return { isTaken: false, choices: null };
  }
  buffer.insert(key.text, 'insert');
  const typed = choices.typed + key.text;
  const left = choices.matches.filter((match) => match.text.startsWith(typed));
  return { isTaken: true, choices: left.length > 0 ? new Choices(left, choices.start, typed) : null };
}
