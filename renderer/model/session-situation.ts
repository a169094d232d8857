/** How the session stands, for the parts that show it. */

import { create } from 'zustand';
import type { Situation } from '../../electron/contract/bridge.ts';
import { on } from './main-bridge.ts';

export const useSituation = create<Situation>(() => ({
  state: 'starting',
  run: 0,
  since: null,
  seconds: null,
  obstacle: null,
  loss: null,
  reason: null,
  unstarted: true,
  stop: 'interrupt',
  python: null,
  environment: null,
  executable: null,
  folder: '',
}));

export function followSituation(first: Situation): void {
  useSituation.setState(first);
  on('situation', (situation) => useSituation.setState(situation));
}
