/** Puts a state into what the timeline shows of it: short, however long its code and however many its names. */

import type { Changes } from '../../contract/messages.ts';
import type { NameChanges, Names, StateRow } from '../../contract/state-news.ts';
import type { State } from '../../supervisor/session.ts';
import { firstLine, shortened } from '../../wording/plain-text.ts';

const CODE_CHARACTERS = 200;
const NAMES_SHOWN = 30;
/** A session with much data has hundreds in each run. */
const SKIPPED_SHOWN = 10;
const OUTSIDE_SHOWN = 10;

export function toRow(state: State): StateRow {
  const { id, parent, run, outcome, seconds, changes, name, copy, reason } = state;
  return {
    id,
    parent,
    run,
    code: shortened(firstLine(state.code), CODE_CHARACTERS),
    outcome,
    seconds,
    changes: changes && toNames(changes),
    outside: changes?.outside.slice(0, OUTSIDE_SHOWN) ?? [],
    name,
    copy,
    reason,
  };
}

function toNames({ added, rebound, changed, removed, skipped, more }: Changes): NameChanges {
  const longest = Math.max(added.length, rebound.length, changed.length, removed.length, skipped.length);
  let rest = more;
  const cut = (names: string[], most = NAMES_SHOWN): Names => {
    // Python cuts long lists, and says only how much is missing of all of them: nearly always of one.
    const missing = names.length === longest ? rest : 0;
    rest -= missing;
    return { count: names.length + missing, some: names.slice(0, most) };
  };
  return {
    added: cut(added),
    rebound: cut(rebound),
    changed: cut(changed),
    removed: cut(removed),
    skipped: cut(skipped, SKIPPED_SHOWN),
  };
}
