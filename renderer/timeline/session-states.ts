/** The states of the session, for the parts that show them. */

import { create } from 'zustand';
import type { StatesNews } from '../../electron/contract/state-news.ts';
import { on } from '../model/main-bridge.ts';
import { NO_STATES, type States, withNews } from './tree.ts';

export const useStates = create<States>(() => NO_STATES);

export function followStates(first: StatesNews): void {
  useStates.setState(withNews(NO_STATES, first));
  on('states', (news) => useStates.setState((states) => withNews(states, news)));
}
