/** Which frozen state to evict, when there are too many: old ones first, and thinner with age. */

export interface Candidate {
  id: number;
  name: string | null;
  /** The live process that it is a copy of. */
  life: number;
}

/** So many of the newest stay while there are others to choose from. */
const NEWEST = 10;

/**
 * Return the state to evict, or `null` where none may go. `frozen` is in the order of the runs; the states in
 * `needed` stay in any case.
 */
export function chooseEvicted(frozen: readonly Candidate[], needed: ReadonlySet<number>): number | null {
  const free = frozen.filter(({ id }) => !needed.has(id));
  const unnamed = free.filter(({ name }) => name === null);
  const old = unnamed.slice(0, -NEWEST);
  if (old.length > 0) {
    return mostCrowded(old, frozen);
  }
  return (unnamed[0] ?? free[0])?.id ?? null;
}

/**
 * Return the states to evict, so that those that stay are copies of one live process less: all of the process of
 * which the fewest are kept, of the oldest such. None where there is no process that nobody needs a copy of.
 */
export function chooseLife(frozen: readonly Candidate[], needed: ReadonlySet<number>): number[] {
  const lives = new Map<number, Candidate[]>();
  for (const state of frozen) {
    lives.set(state.life, [...(lives.get(state.life) ?? []), state]);
  }
  const free = [...lives.values()].filter((states) =>
    states.every(({ id, name }) => name === null && !needed.has(id)),
  );
  const [first, ...others] = free.sort((one, other) => (one[0]?.life ?? 0) - (other[0]?.life ?? 0));
  const fewest = others.reduce(
    (least, states) => (states.length < least.length ? states : least),
    first ?? [],
  );
  return fewest.map(({ id }) => id);
}

/** The state whose neighbours are nearest, measured by its age: what is twice as old may be twice as far apart. */
function mostCrowded(old: readonly Candidate[], frozen: readonly Candidate[]): number {
  const newest = frozen.at(-1)?.id ?? 0;
  let [victim, least] = [old[0]?.id ?? 0, Number.POSITIVE_INFINITY];
  for (const { id } of old) {
    const index = frozen.findIndex((state) => state.id === id);
    const gap = (frozen[index + 1]?.id ?? newest) - (frozen[index - 1]?.id ?? 0);
    const crowding = gap / (newest - id);
    if (crowding < least) {
      [victim, least] = [id, crowding];
    }
  }
  return victim;
}
