/** The saved sessions, and the one on its way, for the parts that show them. */

import { create } from 'zustand';
import type { Opening } from '../../electron/contract/bridge.ts';
import type { ForeignFile, Restored, SavedNews, Transfer } from '../../electron/contract/checkpoint-news.ts';
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
  transfer: Transfer | null;
  /** What came of the last restore, until it has been read. */
  restored: Restored | null;
  /** A file that was opened from outside. */
  foreign: ForeignFile | null;
  /** Whether the first picture of the window has sessions to offer: what comes later takes nobody's keyboard. */
  offersAtFirst: boolean;
}

export const useMoment = create<Moment>(() => ({
  transfer: null,
  restored: null,
  foreign: null,
  offersAtFirst: false,
}));

export function followSaved({ saved, transfer, restored, foreign }: Opening): void {
  useSaved.setState(saved);
  useMoment.setState({ transfer, restored, foreign, offersAtFirst: saved.offers.length > 0 });
  on('saved', (news) => useSaved.setState(news));
  on('transfer', (now) => useMoment.setState({ transfer: now }));
  on('restored', (now) => useMoment.setState({ restored: now }));
  on('foreign', (now) => useMoment.setState({ foreign: now }));
}
