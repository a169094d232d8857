/** Which of the saved sessions is looked at, and what is being done with it. */

import { create } from 'zustand';
import type { Remark } from '../../electron/contract/checkpoint-news.ts';
import { isDamaged } from '../../electron/contract/checkpoints.ts';
import { giveKeyboardBack } from '../console/pane-focus.ts';
import { call, tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { groupsOf, type Listed } from './card-groups.ts';
import { barTo } from './restore-bar.ts';
import { useSaved } from './saved-sessions.ts';

interface Cursor {
  /** The checkpoint; `null` for none. */
  active: string | null;
  /** Whether what it holds is shown. */
  shown: boolean;
  /** Whether its name is being written. */
  naming: boolean;
  /** The checkpoint that the one looked at is compared with; `null` for none. */
  compared: string | null;
  /** What came of what was done last. */
  remark: Remark | null;
}

const AT_REST: Cursor = { active: null, shown: false, naming: false, compared: null, remark: null };

export const useCursor = create<Cursor>(() => AT_REST);

/** What was looked at is past when it is gone. */
export function followCards(): void {
  useSaved.subscribe(({ cards }) => {
    const { active, compared } = useCursor.getState();
    const isGone = (checkpoint: string | null) =>
      checkpoint !== null && !cards.some(({ id }) => id === checkpoint);
    if (isGone(active) || isGone(compared)) {
      useCursor.setState({ active: null, shown: false, naming: false, compared: null });
    }
  });
}

/** All of them, in the order in which they are shown. */
export function listed(): Listed[] {
  return groupsOf(useSaved.getState()).flatMap(({ cards }) => cards);
}

export function look(id: string | null): void {
  useCursor.setState({ active: id, naming: false });
}

/** Show what a checkpoint holds. */
export function show(id: string): void {
  useCursor.setState({ active: id, shown: true, naming: false });
}

/** Put away what is shown of it. */
export function putAway(): void {
  useCursor.setState({ shown: false, naming: false, compared: null });
}

export function rest(): void {
  useCursor.setState(AT_REST);
}

/** Bring a checkpoint back if that is possible; the keyboard goes back to where it was, for the next run. */
export function restore(id: string): void {
  const card = useSaved.getState().cards.find((each) => each.id === id);
  if (!card || isDamaged(card) || barTo(useSituation.getState())) return;
  tell('restoreSession', id);
  rest();
  giveKeyboardBack();
}

export function beginNaming(id: string): void {
  useCursor.setState({ active: id, shown: true, naming: true, compared: null });
}

/** The next one that is looked at is compared with this one. */
export function beginComparing(id: string): void {
  useCursor.setState({ compared: id });
}

export function endComparing(): void {
  useCursor.setState({ compared: null });
}

export async function remove(id: string): Promise<void> {
  const remark = await call('deleteSaved', id);
  if (remark) useCursor.setState({ remark });
}

export async function exportToFile(id: string): Promise<void> {
  const remark = await call('exportSaved', id);
  if (remark) useCursor.setState({ remark });
}
