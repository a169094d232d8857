/** How the timeline puts things. */

import type { NameChanges, Names, StateRow } from '../../electron/contract/state-news.ts';
import { isReachable } from '../../electron/contract/state-tree.ts';
import { counted, listed, signs } from '../../electron/wording/counts.ts';
import { BYTES_PER_MEGABYTE, sizeText } from '../../electron/wording/sizes.ts';
import { durationText } from '../../electron/wording/times.ts';
import type { States } from './tree.ts';

/** A shorter run needs no duration. */
const SHOW_ABOVE_S = 0.1;

/** Less is no reason to look at it. */
const LEAST_HELD_BYTES = BYTES_PER_MEGABYTE / 10;

/** `+3 ~1 −2`: names added, changed and removed. */
export function changeSigns(changes: NameChanges | null): string {
  if (!changes) return '';
  const { added, rebound, changed, removed } = changes;
  return signs(added.count, rebound.count + changed.count, removed.count);
}

export function duration({ seconds }: StateRow): string {
  return seconds !== null && seconds > SHOW_ABOVE_S ? durationText(seconds) : '';
}

/** What stands for a state's code: the start has none. */
export function codeOf({ run, code }: StateRow): string {
  return run === null ? 'The start, with no names' : code;
}

/** `run 12: del df['price']`. */
export function runWords(row: StateRow): string {
  return `run ${row.run}: ${row.code}`;
}

/** Whether one can go there, in a word. */
export function standingWord(row: StateRow, current: number): string {
  if (row.id === current) return 'live';
  if (row.copy === 'noted') return 'can be gone to in part';
  return isReachable(row) ? 'can be gone to' : row.copy === 'pending' ? 'being kept' : 'evicted';
}

/** A whole row for a screen reader and for the pointer that rests on it. */
export function rowWords(row: StateRow, current: number): string {
  const { run, outcome, name } = row;
  const parts = [
    name,
    run === null ? codeOf(row) : `Run ${run}: ${row.code}`,
    outcome === 'ok' || outcome === null ? '' : outcome,
    changeSigns(row.changes),
    duration(row),
    standingWord(row, current),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** `12 states · 61 MB`: those that can be gone to, and what they hold. */
export function heldWords({ rows, current, held }: States): string {
  const count = rows.filter((row) => row.id === current || isReachable(row)).length;
  const states = counted(count, 'state');
  return held === null || held < LEAST_HELD_BYTES ? states : `${states} · ${sizeText(held)}`;
}

/** `x, y and 3 more`. */
export function listWords({ some, count }: Names): string {
  return listed(some, count);
}
