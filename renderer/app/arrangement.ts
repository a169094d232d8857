/** How the window's room is shared between editor and console. */

import { create } from 'zustand';
import type { Arrangement } from '../../electron/contract/bridge.ts';
import { call } from '../bridge.ts';

/** Below this height of the window there is no room for both; they become tabs. */
const TABS_BELOW_PX = 600;

export const EDITOR_SHARE = 50;

export type Pane = 'editor' | 'console';

interface Room extends Arrangement {
  /** Whether the window is too low for both. */
  low: boolean;
  /** The pane in front, where they are tabs. */
  front: Pane;
}

export const useRoom = create<Room>(() => ({
  editorShare: EDITOR_SHARE,
  editorShown: true,
  low: false,
  front: 'console',
}));

export function beginArrangement(arrangement: Arrangement): void {
  useRoom.setState(arrangement);
  useRoom.subscribe(({ editorShare, editorShown }, before) => {
    if (editorShare === before.editorShare && editorShown === before.editorShown) return;
    void call('keepArrangement', { editorShare, editorShown });
  });
}

export function followHeight(): void {
  const query = window.matchMedia(`(height < ${TABS_BELOW_PX}px)`);
  useRoom.setState({ low: query.matches });
  query.addEventListener('change', () => useRoom.setState({ low: query.matches, front: focusedPane() }));
}

/** Make a pane visible, wherever it is. */
export function bringForward(pane: Pane): void {
  useRoom.setState(pane === 'editor' ? { front: pane, editorShown: true } : { front: pane });
}

function focusedPane(): Pane {
  return document.activeElement?.closest('[data-pane=editor]') ? 'editor' : 'console';
}
