/** The saved sessions, and the one on its way, for the parts that show them. */

import { create } from 'zustand';
import type { Opening } from '../../electron/contract/bridge.ts';
import type { Aftermath, Guest, Passage, SavedNews } from '../../electron/contract/checkpoint-news.ts';
import { on } from '../model/main-bridge.ts';

export const useSaved = create<SavedNews>(() => ({
  session: null,
  cards: [],
  offers: [],
  complaint: null,
  warning: null,
}));

interface Moment {
  /** A save or a restore that goes on. */
  passage: Passage | null;
  /** What came of the last restore, until it has been read. */
  aftermath: Aftermath | null;
  /** A file that was opened from outside. */
  guest: Guest | null;
  /** Whether the first picture of the window has sessions to offer: what comes later takes nobody's keyboard. */
  offersAtFirst: boolean;
}

export const useMoment = create<Moment>(() => ({
  passage: null,
  aftermath: null,
  guest: null,
  offersAtFirst: false,
}));

export function followSaved({ saved, passage, aftermath, guest }: Opening): void {
  useSaved.setState(saved);
  useMoment.setState({ passage, aftermath, guest, offersAtFirst: saved.offers.length > 0 });
  on('saved', (news) => useSaved.setState(news));
  on('passage', (now) => useMoment.setState({ passage: now }));
  on('aftermath', (now) => useMoment.setState({ aftermath: now }));
  on('guest', (now) => useMoment.setState({ guest: now }));
}
