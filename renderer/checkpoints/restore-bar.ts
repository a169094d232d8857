/** What is in the way of a restore. */

import type { Situation } from '../../electron/contract/bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { hindrance } from '../model/situation-words.ts';

/** Why nothing can be restored now; `null` when it can: while Python starts, it waits for that. */
export function barTo({ state }: Pick<Situation, 'state'>): string | null {
  return state === 'starting' ? null : hindrance({ state });
}

export function useBar(): string | null {
  return useSituation(barTo);
}
