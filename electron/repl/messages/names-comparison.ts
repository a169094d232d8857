/** What `%compare` shows: a line for each name that differs. */

import type { Variable } from '../../supervisor/session.ts';
import { plain } from '../../wording/plain-text.ts';
import { extentText } from '../../wording/variables.ts';
import { aligned } from '../screen/aligned.ts';
import { clip } from '../screen/text-width.ts';

/** One name that differs; `null` is on the side where it is not there. */
export interface NameDifference {
  name: string;
  before: Variable | null;
  after: Variable | null;
  /** Of a table: the columns that are there on one side alone. */
  columns: { added: string[]; removed: string[] };
}

/** A name takes no more than this of the width, and a value no more than that. */
const WIDEST_NAME = 28;
const WIDEST_VALUE = 30;

/** `~  frame  DataFrame 1,000 × 3 → 900 × 4, + ['price']`. */
export function namesComparison(found: readonly NameDifference[], columns: number): string {
  const rows = found.map((each) => [signOf(each), clip(plain(each.name), WIDEST_NAME), detailsOf(each)]);
  return aligned(rows)
    .map((cells) => clip(cells.join('  '), columns - 1))
    .join('\n');
}

function signOf({ before, after }: NameDifference): string {
  return before === null ? '+' : after === null ? '−' : '~';
}

function detailsOf({ before, after, columns }: NameDifference): string {
  if (!before || !after) {
    const only = before ?? after;
    return only ? [plain(only.type), extentText(only) || shortValue(only)].filter(Boolean).join(' ') : '';
  }
  const [one, other] = [kindOf(before), kindOf(after)];
  const parts = [
    one !== other ? `${one} → ${other}` : `${one}${changeWithin(before, after)}`,
    ...columns.added.map((column) => `+ ${plain(column)}`),
    ...columns.removed.map((column) => `− ${plain(column)}`),
  ];
  return parts.join(', ');
}

function kindOf(variable: Variable): string {
  return [plain(variable.type), extentText(variable)].filter(Boolean).join(' ');
}

/** Of the same type and extent: what it was and is, or that it reads the same. */
function changeWithin(before: Variable, after: Variable): string {
  const [one, other] = [shortValue(before), shortValue(after)];
  return one === other ? ', changed inside' : ` ${one} → ${other}`;
}

function shortValue({ text }: Variable): string {
  return clip(plain(text), WIDEST_VALUE);
}
