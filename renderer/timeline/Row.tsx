/** One state in the timeline: its dot, its run, what that run did. */

import { memo } from 'react';
import type { StateRow } from '../../electron/contract/state-news.ts';
import type { Lane } from '../../electron/contract/state-tree.ts';
import { Branches } from './Branches.tsx';
import { press } from './state-cursor.ts';
import { changeSigns, codeOf, duration, rowWords } from './state-words.ts';

export interface RowProps {
  row: StateRow;
  lane: Lane;
  laneCount: number;
  /** Its place among all. */
  index: number;
  count: number;
  current: number;
  isActive: boolean;
  /** Whether what it did is not in the live state: it was undone, or is of another branch. */
  isAside: boolean;
  top: number;
}

export const Row = memo(function Row(props: RowProps) {
  const { row, lane, laneCount, index, count, current, isActive, isAside, top } = props;
  const isLive = row.id === current;
  const words = rowWords(row, current);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard, and tells which row is the active one
    // biome-ignore lint/a11y/useFocusableInteractive: the same; and a row out of view is not in the document
    <div
      id={rowId(row.id)}
      role="option"
      className={['row', isActive && 'active', isAside && 'aside'].filter(Boolean).join(' ')}
      aria-selected={isActive}
      aria-current={isLive}
      aria-label={words}
      aria-posinset={index + 1}
      aria-setsize={count}
      title={words}
      data-state={row.id}
      style={{ top }}
      onClick={() => press(row.id)}
    >
      <Branches lane={lane} row={row} isLive={isLive} laneCount={laneCount} />
      <span className="number">{row.run}</span>
      {row.name !== null && <span className="name cut">{row.name}</span>}
      <span className={row.run === null ? 'start cut' : 'code cut'}>{codeOf(row)}</span>
      <OutcomeMark outcome={row.outcome} />
      <span className="signs">{changeSigns(row.changes)}</span>
      <span className="duration">{duration(row)}</span>
    </div>
  );
});

export function rowId(state: number): string {
  return `state-${state}`;
}

/** How a run ended, where it was not fine: ✕ raised, ■ interrupted. Drawn, because fonts draw them differently. */
export function OutcomeMark({ outcome }: { outcome: StateRow['outcome'] }) {
  if (outcome !== 'raised' && outcome !== 'interrupted') return null;
  return (
    <svg className={`outcome ${outcome}`} width="8" height="8" viewBox="0 0 8 8" aria-hidden>
      {outcome === 'raised' ? (
        <path d="M1 1l6 6M7 1l-6 6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      ) : (
        <rect x="1" y="1" width="6" height="6" fill="currentColor" />
      )}
    </svg>
  );
}
