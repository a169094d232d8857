/** The lanes of one row: lines for branches, and the dot of its state. */

import type { StateRow } from '../../electron/contract/state-news.ts';
import { isReachable, type Lane } from '../../electron/contract/state-tree.ts';

const LANE_PX = 12;
const ROW_PX = 24;
const MIDDLE = ROW_PX / 2;

/** Further lanes share the last: more would leave no room for the code. */
const MOST_LANES = 6;

export function branchesWidth(lanes: number): number {
  return (Math.min(lanes, MOST_LANES) + 1) * LANE_PX;
}

interface BranchesProps {
  lane: Lane;
  row: StateRow;
  isLive: boolean;
  laneCount: number;
}

export function Branches({ lane, row, isLive, laneCount }: BranchesProps) {
  const x = middleOf(lane.lane);
  return (
    <svg className="branches" width={branchesWidth(laneCount)} height={ROW_PX} aria-hidden>
      <path d={linesOf(lane)} />
      <Dot x={x} kind={isLive ? 'live' : isReachable(row) ? 'frozen' : 'gone'} />
    </svg>
  );
}

function Dot({ x, kind }: { x: number; kind: 'live' | 'frozen' | 'gone' }) {
  const radius = { live: 5, frozen: 4, gone: 3 }[kind];
  return <circle className={`dot ${kind}`} cx={x} cy={MIDDLE} r={radius} />;
}

function linesOf({ lane, above, below, joins, through }: Lane): string {
  const x = middleOf(lane);
  const lines = through.map((other) => `M${middleOf(other)} 0V${ROW_PX}`);
  if (joins !== null) lines.push(`M${middleOf(joins)} 0Q${middleOf(joins)} ${MIDDLE} ${x} ${MIDDLE}`);
  if (above) lines.push(`M${x} 0V${MIDDLE}`);
  if (below) lines.push(`M${x} ${MIDDLE}V${ROW_PX}`);
  return lines.join('');
}

function middleOf(lane: number): number {
  return (Math.min(lane, MOST_LANES - 1) + 1) * LANE_PX;
}
