/** What is different between two checkpoints, name by name. */

import type { Difference, SavedName } from '../../contract/checkpoints.ts';

/** So many names are told of each kind. */
const MOST_NAMES = 100;

export function compare(one: readonly SavedName[], other: readonly SavedName[]): Difference {
  const before = new Map(one.map((each) => [each.name, each]));
  const after = new Map(other.map((each) => [each.name, each]));
  const added = [...after.keys()].filter((name) => !before.has(name));
  const removed = [...before.keys()].filter((name) => !after.has(name));
  const changed = [...after.values()]
    .filter((each) => before.has(each.name) && isChanged(before.get(each.name) as SavedName, each))
    .map(({ name }) => name);
  const lists = [added, changed, removed];
  const more = lists.reduce((sum, names) => sum + Math.max(0, names.length - MOST_NAMES), 0);
  const [first = [], second = [], third = []] = lists.map((names) => names.slice(0, MOST_NAMES));
  return { added: first, changed: second, removed: third, more };
}

/** Where nobody can tell whether a value has changed, what is known of it must be the same. */
function isChanged(one: SavedName, other: SavedName): boolean {
  if (one.how !== other.how || one.detail !== other.detail || one.reason !== other.reason) {
    return true;
  }
  if (one.print !== null && other.print !== null) {
    return one.print !== other.print;
  }
  return one.type !== other.type || one.size !== other.size;
}
