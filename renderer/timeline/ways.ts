/** Where undo and redo lead, and the run that they take back or bring back. */

import type { StateRow } from '../../electron/contract/state-news.ts';
import { isReachable } from '../../electron/contract/state-tree.ts';
import { runWords } from './state-words.ts';
import type { States } from './tree.ts';

export interface Way {
  target: StateRow | null;
  words: string;
}

export function undoWay({ byId, current, undo, able }: States): Way {
  const row = byId.get(current);
  const target = undo === null ? null : (byId.get(undo) ?? null);
  if (!able) return { target: null, words: 'This Python keeps no copies of its states' };
  if (!row || !target) return { target: null, words: 'There is no run to undo' };
  if (isReachable(target)) return { target, words: `Undo ${runWords(row)}` };
  return { target, words: `Run ${row.run} cannot be undone${because(target)}` };
}

export function redoWay({ byId, redo }: States): Way {
  const target = redo === null ? null : (byId.get(redo) ?? null);
  if (!target) return { target: null, words: 'There is no run to redo' };
  if (isReachable(target)) return { target, words: `Redo ${runWords(target)}` };
  return { target, words: `Run ${target.run} cannot be redone${because(target)}` };
}

function because({ reason }: StateRow): string {
  return reason === null ? '' : `: ${reason}`;
}
