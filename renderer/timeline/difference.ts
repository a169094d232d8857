/** What going from one state to another would change, put together from what the runs between them did. */

import type { NameChanges, StateRow } from '../../electron/contract/state-news.ts';
import { pathBetween } from '../../electron/contract/state-tree.ts';
import type { States } from './tree.ts';

export interface Difference {
  added: string[];
  rebound: string[];
  changed: string[];
  removed: string[];
  /** Too large to have been compared. */
  uncertain: string[];
  /** How many further names there are that the rows do not list. */
  more: number;
  /** Whether a run between was not looked at. */
  isPartial: boolean;
  /** What the undone runs did that no undo takes back. */
  outside: string[];
  /** How many runs are undone on the way, and how many done again. */
  undone: number;
  redone: number;
}

type Kind = keyof NameChanges;

/** What it means for a name when a run is taken back. */
const BACK: Record<Kind, Kind> = {
  added: 'removed',
  rebound: 'rebound',
  changed: 'changed',
  removed: 'added',
  skipped: 'skipped',
};

const KINDS = Object.keys(BACK) as Kind[];

export function difference(byId: States['byId'], from: number, to: number): Difference {
  const { left: undone, reached: redone } = pathBetween(byId, from, to);
  const fates = new Map<string, Kind[]>();
  for (const row of undone) note(fates, row, (kind) => BACK[kind]);
  for (const row of redone) note(fates, row, (kind) => kind);
  const rows = [...undone, ...redone];
  return {
    ...sort(fates),
    more: rows.reduce((sum, row) => sum + missing(row), 0),
    isPartial: rows.some(({ changes }) => changes === null),
    outside: [...new Set(undone.flatMap(({ outside }) => outside))],
    undone: undone.length,
    redone: redone.length,
  };
}

function note(fates: Map<string, Kind[]>, { changes }: StateRow, turn: (kind: Kind) => Kind): void {
  for (const kind of KINDS) {
    for (const name of changes?.[kind].some ?? []) {
      fates.set(name, [...(fates.get(name) ?? []), turn(kind)]);
    }
  }
}

function missing({ changes }: StateRow): number {
  if (!changes) return 0;
  const { added, rebound, changed, removed } = changes;
  return [added, rebound, changed, removed].reduce((sum, { count, some }) => sum + count - some.length, 0);
}

function sort(fates: Map<string, Kind[]>) {
  const sorted = { added: [], rebound: [], changed: [], removed: [], uncertain: [] } as Record<
    string,
    string[]
  >;
  for (const [name, fate] of [...fates].sort(([one], [other]) => (one < other ? -1 : 1)))
    sorted[outcomeOf(fate)]?.push(name);
  return sorted as Record<'added' | 'rebound' | 'changed' | 'removed' | 'uncertain', string[]>;
}

/** Its first fate tells whether a name was there, its last whether it is. */
function outcomeOf(fate: readonly Kind[]): string {
  const wasThere = fate[0] !== 'added';
  const isThere = fate.at(-1) !== 'removed';
  if (!wasThere) return isThere ? 'added' : 'nothing';
  if (!isThere) return 'removed';
  if (fate.some((kind) => kind !== 'changed' && kind !== 'skipped')) return 'rebound';
  return fate.includes('changed') ? 'changed' : 'uncertain';
}
