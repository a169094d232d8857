/** The keys of the saved sessions. */

import type { KeyboardEvent } from 'react';
import { isDamaged } from '../../electron/contract/checkpoints.ts';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { background } from '../model/background.ts';
import { rowBy } from '../ui/list-keys.ts';
import { beginNaming, listed, look, putAway, remove, rest, restore, show, useCursor } from './card-cursor.ts';

/** So many cards are a page. */
const PAGE = 8;

/** A key in the list. */
export function pressKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (!moveBy(event.key) && !act(event)) return;
  event.preventDefault();
}

/** A key anywhere in the pane: first out of what is shown of a checkpoint, then out of the list. */
export function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (useCursor.getState().shown) {
    focusCards();
    putAway();
  } else {
    rest();
    giveKeyboardBack();
  }
}

/** Give the keyboard to the list; where there is none, to the field that makes the first. */
export function focusCards(): void {
  const list = document.querySelector<HTMLElement>('.cards');
  if (list) list.focus();
  else focusSaveField();
}

export function focusSaveField(): void {
  document.querySelector<HTMLElement>('.saving .field')?.focus();
}

/** Do what a key says with the one looked at; false where it says nothing. */
function act({ key, repeat }: KeyboardEvent): boolean {
  const { active, shown, compared } = useCursor.getState();
  const card = listed().find(({ id }) => id === active);
  if (!card) return false;
  const isSecond = key === 'Enter' && shown && compared === null;
  // A key that is held down does not restore what it has only just shown.
  if (isSecond && !repeat) restore(card.id);
  else if (key === 'Enter' || key === ' ') show(card.id);
  else if (key === 'F2' && !isDamaged(card)) beginNaming(card.id);
  else if (key === 'Delete') background(remove(card.id), 'deleting a saved session');
  else return false;
  return true;
}

/** Look at the card that a key leads to; false for a key that does not move. */
function moveBy(key: string): boolean {
  const all = listed();
  const from = all.findIndex(({ id }) => id === useCursor.getState().active);
  const index = rowBy(key, { index: from, page: PAGE, count: all.length });
  if (index === null) return false;
  look(all[index]?.id ?? null);
  return true;
}
