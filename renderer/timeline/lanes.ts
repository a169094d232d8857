/** Lays the tree of states out in lanes: the line to the newest state runs straight down, branches beside it. */

export interface Node {
  id: number;
  parent: number | null;
}

/** What is drawn in one row. */
export interface Place {
  /** Where its dot is. */
  lane: number;
  /** Whether the dot's lane goes on above and below it. */
  above: boolean;
  below: boolean;
  /** The lane that it branches off from, right above it. */
  joins: number | null;
  /** Lanes that pass by. */
  through: number[];
  /** Lanes that begin here and lead to a dot further down. */
  begins: { from: number; to: number }[];
}

/** States in one lane, each the parent of the next. */
interface Chain {
  /** Indexes of rows. */
  dots: number[];
  /** The chain and the row that it branches off from. */
  off: { chain: Chain; row: number } | null;
  lane: number;
}

export function layOut(nodes: readonly Node[]): Place[] {
  const chains = findChains(nodes);
  const places = nodes.map<Place>(() => ({
    lane: 0,
    above: true,
    below: true,
    joins: null,
    through: [],
    begins: [],
  }));
  const taken: [begin: number, end: number][][] = [];
  for (const chain of chains) {
    chain.lane = freeLane(taken, beginOf(chain), lastOf(chain), chain.off ? chain.off.chain.lane + 1 : 0);
    place(chain, places);
  }
  return places;
}

/** Follow each state to the child whose line leads to the newest; the other children begin chains of their own. */
function findChains(nodes: readonly Node[]): Chain[] {
  const rows = new Map(nodes.map(({ id }, row) => [id, row]));
  const parents = nodes.map(({ parent }) => (parent === null ? -1 : (rows.get(parent) ?? -1)));
  const newest = nodes.map((_, row) => row);
  const heirs = new Map<number, number>();
  for (let row = nodes.length - 1; row >= 0; row -= 1) {
    const parent = parents[row] ?? -1;
    if (parent < 0) continue;
    if ((newest[row] ?? 0) > (newest[parent] ?? 0)) {
      newest[parent] = newest[row] ?? 0;
      heirs.set(parent, row);
    }
  }
  const chains: Chain[] = [];
  const chainOf: Chain[] = [];
  for (const [row, parent] of parents.entries()) {
    const above = chainOf[parent];
    if (above && heirs.get(parent) === row) {
      above.dots.push(row);
      chainOf[row] = above;
    } else {
      const chain = { dots: [row], off: above ? { chain: above, row: parent } : null, lane: 0 };
      chains.push(chain);
      chainOf[row] = chain;
    }
  }
  return chains;
}

/** Right at its first dot, if the lane that it branches off from has no other dot before that. */
function beginOf({ dots, off }: Chain): number {
  const first = dots[0] ?? 0;
  if (!off) return first;
  const next = off.chain.dots.find((row) => row > off.row) ?? Number.POSITIVE_INFINITY;
  return next < first ? off.row + 1 : first;
}

function lastOf({ dots }: Chain): number {
  return dots.at(-1) ?? 0;
}

function freeLane(taken: [number, number][][], begin: number, end: number, least: number): number {
  for (let lane = least; ; lane += 1) {
    const others = taken[lane] ?? [];
    if (others.every(([from, to]) => to < begin || from > end)) {
      taken[lane] = [...others, [begin, end]];
      return lane;
    }
  }
}

function place(chain: Chain, places: Place[]): void {
  const { lane, dots, off } = chain;
  const begin = beginOf(chain);
  const first = dots[0] ?? 0;
  const isDot = new Set(dots);
  for (let row = begin; row <= lastOf(chain); row += 1) {
    const here = places[row];
    if (!here) continue;
    if (isDot.has(row)) {
      here.lane = lane;
      here.above = row > first || begin < first;
      here.below = row < lastOf(chain);
      here.joins = off && begin === first && row === first ? off.chain.lane : null;
    } else if (row === begin && off) here.begins.push({ from: off.chain.lane, to: lane });
    else here.through.push(lane);
  }
}
