/** How the states of a session hang together: what led to one, what lies between two, and in which lanes they are drawn. */

/** As much of a state as its place in the tree takes. */
export interface TreeNode {
  id: number;
  /** The state that it followed on; `null` for the start. */
  parent: number | null;
}

/** Whether there is a copy of a state, as `Copy` of the supervisor tells. */
interface Kept {
  copy: 'fresh' | 'frozen' | 'noted' | 'pending' | 'none' | 'gone';
}

/** Whether there is a copy of all of it, which outlives the live process. */
export function isWhole({ copy }: Kept): boolean {
  return copy === 'frozen' || copy === 'fresh';
}

/** Whether it can be gone to, as a whole or in part. */
export function isReachable(state: Kept): boolean {
  return isWhole(state) || state.copy === 'noted';
}

/** A state and those that led to it, the nearest first. */
export function lineTo<Node extends TreeNode>(states: ReadonlyMap<number, Node>, id: number): Node[] {
  const line: Node[] = [];
  for (let state = states.get(id); state; ) {
    line.push(state);
    state = state.parent === null ? undefined : states.get(state.parent);
  }
  return line;
}

/** The states on the way from one to another: those that are left, and those that are come to, the nearest first. */
export function pathBetween<Node extends TreeNode>(
  states: ReadonlyMap<number, Node>,
  from: number,
  to: number,
): { left: Node[]; reached: Node[] } {
  const [up, down] = [lineTo(states, from), lineTo(states, to)];
  const [above, below] = [new Set(up), new Set(down)];
  return {
    left: up.filter((state) => !below.has(state)),
    reached: down.filter((state) => !above.has(state)).reverse(),
  };
}

export function byId<Node extends TreeNode>(states: readonly Node[]): Map<number, Node> {
  return new Map(states.map((state) => [state.id, state]));
}

/** What is drawn in the row of one state. */
export interface Lane {
  /** Where its dot is. */
  lane: number;
  /** The lane of its parent, where that is another: a branch begins here. */
  joins: number | null;
  /** Whether the dot's own lane comes from above and goes on below. */
  above: boolean;
  below: boolean;
  /** Lanes of other states that pass by. */
  through: number[];
}

/**
 * Lay these states out in lanes, the oldest first. The last child of a state goes on in its lane; those before it,
 * branches that were left, have lanes to the right, and what is free again is used again.
 */
export function lanesOf(states: readonly TreeNode[]): Lane[] {
  const lastChild = new Map(states.map(({ id, parent }) => [parent, id]));
  /** The state whose children are still to come in each lane. */
  const waiting: (number | null)[] = [];
  return states.map(({ id, parent }) => {
    const from = parent === null ? -1 : waiting.indexOf(parent);
    const goesOn = from >= 0 && lastChild.get(parent) === id;
    const lane = goesOn ? from : freeLane(waiting, from);
    const through = waiting.flatMap((other, at) => (other === null || at === lane ? [] : [at]));
    const below = lastChild.has(id);
    waiting[lane] = below ? id : null;
    return { lane, joins: from < 0 || goesOn ? null : from, above: goesOn, below, through };
  });
}

function freeLane(waiting: (number | null)[], from: number): number {
  const free = waiting.findIndex((id, lane) => lane > from && id === null);
  const lane = free < 0 ? Math.max(waiting.length, from + 1) : free;
  // No holes: what is between would be skipped by the methods of arrays.
  while (waiting.length < lane) {
    waiting.push(null);
  }
  return lane;
}
