/** How the window's room is shared between editor, console and rail. */

import { create } from 'zustand';
import type { Arrangement } from '../../electron/contract/bridge.ts';
import { tell } from './main-bridge.ts';

/** Below this height of the window there is no room for both; they become tabs. */
const TABS_BELOW_PX = 600;

/** Below this width the rail has no room beside the work; it becomes a drawer over it. */
const DRAWER_BELOW_PX = 900;

export const EDITOR_SHARE = 50;
export const RAIL_WIDTH_PX = 320;

export type Pane = 'editor' | 'console';

interface Room extends Arrangement {
  /** Whether the window is too low for both. */
  low: boolean;
  /** Whether it is too narrow for the rail beside them. */
  narrow: boolean;
  /** Whether the rail is there as a drawer; not kept, as it covers the work. */
  drawerShown: boolean;
  /** The pane in front, where they are tabs. */
  front: Pane;
}

export const useRoom = create<Room>(() => ({
  editorShare: EDITOR_SHARE,
  editorShown: true,
  railShown: true,
  railWidth: RAIL_WIDTH_PX,
  railFront: 'timeline',
  low: false,
  narrow: false,
  drawerShown: false,
  front: 'console',
}));

export function beginArrangement(arrangement: Arrangement): void {
  useRoom.setState(arrangement);
  useRoom.subscribe((room, before) => {
    const now = kept(room);
    if (JSON.stringify(now) !== JSON.stringify(kept(before))) tell('keepArrangement', now);
  });
}

function kept({ editorShare, editorShown, railShown, railWidth, railFront }: Room): Arrangement {
  return { editorShare, editorShown, railShown, railWidth, railFront };
}

export function followSize(): void {
  const low = window.matchMedia(`(height < ${TABS_BELOW_PX}px)`);
  const narrow = window.matchMedia(`(width < ${DRAWER_BELOW_PX}px)`);
  useRoom.setState({ low: low.matches, narrow: narrow.matches });
  low.addEventListener('change', () => useRoom.setState({ low: low.matches, front: focusedPane() }));
  narrow.addEventListener('change', () => useRoom.setState({ narrow: narrow.matches, drawerShown: false }));
}

/** Whether the rail's place is beside the work; it is a drawer in a narrow window, and over a lone console. */
const isDocked = ({ narrow, editorShown }: Room) => !narrow && editorShown;
const isRailShown = (room: Room) => (isDocked(room) ? room.railShown : room.drawerShown);

export function useDocked(): boolean {
  return useRoom(isDocked);
}

export type RailTab = Arrangement['railFront'];

/** Whether a tab of the rail can be seen. */
export function isTabShown(room: Room, tab: RailTab): boolean {
  return isRailShown(room) && room.railFront === tab;
}

export function useTabShown(tab: RailTab): boolean {
  return useRoom((room) => isTabShown(room, tab));
}

export function showTab(tab: RailTab): void {
  useRoom.setState({ railFront: tab });
  setRail(true);
}

/** Show a tab of the rail; the one that is shown already is put away. */
export function toggleTab(tab: RailTab): void {
  const room = useRoom.getState();
  if (isTabShown(room, tab)) hideRail();
  else showTab(tab);
}

export function hideRail(): void {
  setRail(false);
}

function setRail(shown: boolean): void {
  useRoom.setState((room) => (isDocked(room) ? { railShown: shown } : { drawerShown: shown }));
}

export function hideDrawer(): void {
  useRoom.setState({ drawerShown: false });
}

/** Make a pane visible, wherever it is. */
export function bringForward(pane: Pane): void {
  useRoom.setState(pane === 'editor' ? { front: pane, editorShown: true } : { front: pane });
}

function focusedPane(): Pane {
  return document.activeElement?.closest('[data-pane=editor]') ? 'editor' : 'console';
}
