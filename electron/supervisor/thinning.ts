/** Which frozen state to let go of, when there are too many: old ones first, and thinner with age. */

export interface Candidate {
  id: number;
  name: string | null;
}

/** So many of the newest stay while there are others to choose from. */
const NEWEST = 10;

/**
 * Return the state to let go of, or `null` where none may go. `frozen` is in the order of the runs; the states in
 * `needed` stay in any case.
 */
export function chooseVictim(frozen: readonly Candidate[], needed: ReadonlySet<number>): number | null {
  const free = frozen.filter(({ id }) => !needed.has(id));
  const unnamed = free.filter(({ name }) => name === null);
  const old = unnamed.slice(0, -NEWEST);
  if (old.length > 0) {
    return mostCrowded(old, frozen);
  }
  return (unnamed[0] ?? free[0])?.id ?? null;
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
