/** Which runs recreate what did not come back with a checkpoint. */

import type { Rebuild, SavedName, SavedRun } from '../../contract/checkpoints.ts';

/** Return the runs that recreate the names which did not come back, or not whole, in order. */
export function rebuildsOf(names: readonly SavedName[], runs: readonly SavedRun[]): Rebuild[] {
  const missing = names.filter(({ how }) => how === 'unsaved' || how === 'partly').map(({ name }) => name);
  const byRun = new Map<SavedRun, string[]>();
  for (const name of missing) {
    const run = runs.findLast((each) => each.names.includes(name));
    if (run) {
      byRun.set(run, [...(byRun.get(run) ?? []), name]);
    }
  }
  return runs.flatMap((run) => {
    const made = byRun.get(run);
    return made ? [{ run: run.run, code: run.code, names: made }] : [];
  });
}

/** Return the runs of a checkpoint from what is kept of them; none where nothing is. */
export function runsIn(part: Buffer | null): SavedRun[] {
  return part ? (JSON.parse(part.toString()) as SavedRun[]) : [];
}

/** Return only what the runs did to these names, for a checkpoint of which no more was restored. */
export function narrowed(runs: readonly SavedRun[], names: readonly string[]): SavedRun[] {
  return runs
    .map((run) => ({ ...run, names: run.names.filter((name) => names.includes(name)) }))
    .filter((run) => run.names.length > 0);
}
