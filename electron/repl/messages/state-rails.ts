/** The rails at the left of a list of states, oldest first: one for each branch, as `git log --graph` draws them. */

export interface Branch {
  id: number;
  parent: number | null;
}

/** What stands before and behind a state's own dot. */
export interface Rail {
  lead: string;
  tail: string;
}

/**
 * Draw the rails of these states. A parent's last child goes on in its lane; those before it, branches that were
 * left, have lanes to the right.
 */
export function railsOf(states: readonly Branch[]): Rail[] {
  const lastChild = new Map(states.map(({ id, parent }) => [parent, id]));
  /** The state whose children are still to come in each lane. */
  const lanes: (number | null)[] = [];
  return states.map(({ id, parent }) => {
    const from = parent === null ? -1 : lanes.indexOf(parent);
    const lane = from >= 0 && lastChild.get(parent) === id ? from : freeLane(lanes, from);
    const rail = { lead: leadOf(lanes, from, lane), tail: tailOf(lanes, lane) };
    lanes[lane] = lastChild.has(id) ? id : null;
    while (lanes.at(-1) === null) {
      lanes.pop();
    }
    return rail;
  });
}

function freeLane(lanes: readonly (number | null)[], from: number): number {
  const free = lanes.findIndex((id, lane) => lane > from && id === null);
  return free < 0 ? Math.max(lanes.length, from + 1) : free;
}

function leadOf(lanes: readonly (number | null)[], from: number, lane: number): string {
  let lead = '';
  for (let at = 0; at < lane; at += 1) {
    const isTaken = (lanes[at] ?? null) !== null;
    if (from < 0 || at < from) {
      lead += isTaken ? '│ ' : '  ';
    } else if (at === from) {
      lead += '├─';
    } else {
      lead += isTaken ? '┼─' : '──';
    }
  }
  return lead;
}

function tailOf(lanes: readonly (number | null)[], lane: number): string {
  return lanes
    .slice(lane + 1)
    .map((id) => (id === null ? '  ' : ' │'))
    .join('');
}
