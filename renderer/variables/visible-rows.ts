/** Which rows of the variables are shown, and in which order: groups, filter, sorting, and what has been opened. */

import type { Parts, Variable, VariablePath } from '../../electron/contract/variable-news.ts';

export interface Sorting {
  by: 'name' | 'type' | 'size';
  falling: boolean;
}

export type Row =
  | { kind: 'group'; key: string; group: Variable['group']; count: number; isOpen: boolean }
  | { kind: 'variable'; key: string; path: VariablePath; level: number; variable: Variable; isOpen: boolean }
  /** Said in the place of rows: that they are awaited, or why they cannot be told, or that there are more. */
  | { kind: 'remark'; key: string; level: number; words: string };

export interface Wanted {
  variables: readonly Variable[];
  open: ReadonlyMap<string, Parts | string | null>;
  folded: ReadonlySet<string>;
  filter: string;
  sorting: Sorting;
}

const GROUPS: readonly Variable['group'][] = ['data', 'definition', 'module'];

export function visibleRows({ variables, open, folded, filter, sorting }: Wanted): Row[] {
  const rows: Row[] = [];
  const wanted = filter.trim().toLowerCase();
  const found = variables.filter((variable) => fits(variable, wanted)).sort(order(sorting));
  for (const group of GROUPS) {
    const members = found.filter((variable) => variable.group === group);
    if (members.length === 0) continue;
    const isOpen = wanted !== '' || !folded.has(group);
    // Data alone needs no heading.
    if (group !== 'data') rows.push({ kind: 'group', key: group, group, count: members.length, isOpen });
    if (!isOpen) continue;
    for (const variable of members) add(rows, variable, [variable.name], 1, open);
  }
  return rows;
}

/** What tells a row from all others. */
export function keyOf(path: VariablePath): string {
  return JSON.stringify(path);
}

function fits({ name, type }: Variable, wanted: string): boolean {
  return wanted === '' || name.toLowerCase().includes(wanted) || type.toLowerCase().includes(wanted);
}

function order({ by, falling }: Sorting): (one: Variable, other: Variable) => number {
  const sign = falling ? -1 : 1;
  return (one, other) => {
    const first = by === 'size' ? (one.size ?? -1) - (other.size ?? -1) : compare(one[by], other[by]);
    return sign * first || compare(one.name, other.name);
  };
}

function compare(one: string, other: string): number {
  const [small, large] = [one.toLowerCase(), other.toLowerCase()];
  if (small === large) return one < other ? -1 : Number(one > other);
  return small < large ? -1 : 1;
}

function add(
  rows: Row[],
  variable: Variable,
  path: VariablePath,
  level: number,
  open: ReadonlyMap<string, Parts | string | null>,
): void {
  const key = keyOf(path);
  const parts = open.get(key);
  rows.push({ kind: 'variable', key, path, level, variable, isOpen: parts !== undefined });
  if (parts === undefined) return;
  const remark = (words: string) =>
    rows.push({ kind: 'remark', key: `${key} remark`, level: level + 1, words });
  if (parts === null) remark('Looking into it…');
  else if (typeof parts === 'string') remark(parts);
  else {
    for (const [index, part] of parts.variables.entries()) {
      add(rows, part, [...path, index], level + 1, open);
    }
    const more = parts.count - parts.variables.length;
    if (more > 0) remark(`and ${more.toLocaleString('en')} more`);
    else if (parts.count === 0) remark('There is nothing inside.');
  }
}
