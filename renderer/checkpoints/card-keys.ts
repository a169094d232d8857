/** The keys of the saved sessions. */

import type { KeyboardEvent } from 'react';
import { isDamaged } from '../../electron/contract/checkpoints.ts';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { background } from '../model/background.ts';
import { beginNaming, listed, look, putAway, remove, rest, restore, show, useCursor } from './card-cursor.ts';

/** So many cards are a page. */
const PAGE = 8;

const MOVES: Record<string, (index: number, last: number) => number> = {
  ArrowUp: (index) => index - 1,
  ArrowDown: (index) => index + 1,
  PageUp: (index) => index - PAGE,
  PageDown: (index) => index + PAGE,
  Home: () => 0,
  End: (_index, last) => last,
};

/** A key in the list. */
export function pressKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const move = MOVES[event.key];
  if (move) moveBy(move);
  else if (!act(event)) return;
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

function moveBy(move: (typeof MOVES)[string]): void {
  const all = listed();
  const from = all.findIndex(({ id }) => id === useCursor.getState().active);
  const last = all.length - 1;
  const index = Math.min(Math.max(move?.(from, last) ?? from, 0), last);
  look(all[index]?.id ?? null);
}
