/** The keys of the variables. */

import type { KeyboardEvent } from 'react';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { useSituation } from '../model/session-situation.ts';
import { rowBy, within } from '../ui/list-keys.ts';
import { pageOf } from '../ui/scrolling.ts';
import { nameOf, press, remove, turn } from './variable-actions.ts';
import { useVariables } from './variables.ts';
import type { Row } from './visible-rows.ts';

/** To the grid; without one, to the pane, from which the grid takes it when it comes. */
export function focusVariables(): void {
  const pane = document.querySelector<HTMLElement>('.variables');
  (pane?.querySelector<HTMLElement>('.variable-grid') ?? pane)?.focus();
}

/** A key in the grid. */
export function pressKey(
  event: KeyboardEvent<HTMLElement>,
  rows: readonly Row[],
  list: HTMLElement | null,
): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { active } = useVariables.getState();
  const index = rows.findIndex(({ key }) => key === active);
  const row = rows[index];
  const wanted = rowBy(event.key, { index, page: pageOf(list), count: rows.length });
  if (wanted !== null) goTo(rows, wanted);
  else if (!row) return;
  else if (event.key === 'ArrowRight') openOrEnter(rows, index, row);
  else if (event.key === 'ArrowLeft') closeOrLeave(rows, index, row);
  else if (event.key === 'Enter' || event.key === ' ') press(row);
  else if (event.key === 'Delete') removeName(row);
  else return;
  event.preventDefault();
}

function goTo(rows: readonly Row[], wanted: number): void {
  useVariables.setState({ active: rows[within(wanted, rows.length)]?.key ?? null });
}

function openOrEnter(rows: readonly Row[], index: number, row: Row): void {
  if (row.kind === 'remark') return;
  if (!row.isOpen) turn(row);
  else goTo(rows, index + 1);
}

function closeOrLeave(rows: readonly Row[], index: number, row: Row): void {
  if (row.kind !== 'remark' && row.isOpen) turn(row);
  else goTo(rows, parentOf(rows, index));
}

function parentOf(rows: readonly Row[], index: number): number {
  const level = levelOf(rows[index]);
  for (let at = index - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row?.kind === 'group' || levelOf(row) < level) return at;
  }
  return index;
}

function levelOf(row: Row | undefined): number {
  return row === undefined || row.kind === 'group' ? 0 : row.level;
}

function removeName(row: Row): void {
  const name = row.kind === 'variable' ? nameOf(row) : null;
  if (name !== null && useSituation.getState().state === 'idle') remove(name);
}

/** A key anywhere in the pane: first out of what is shown of a variable, then out of the filter, then out of the pane. */
export function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  const { shown, filter } = useVariables.getState();
  if (shown) useVariables.setState({ shown: false });
  else if (filter !== '') useVariables.setState({ filter: '' });
  else giveKeyboardBack();
}
