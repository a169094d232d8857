/** Which runs recreate what did not come back with a checkpoint. */

import * as v from 'valibot';
import type { Rebuild, SavedName, SavedRun } from '../../contract/checkpoints.ts';

const RUNS: v.GenericSchema<SavedRun[]> = v.array(
  v.looseObject({
    run: v.number(),
    code: v.string(),
    outcome: v.string(),
    seconds: v.nullable(v.number()),
    at: v.number(),
    file: v.nullable(v.string()),
    line: v.number(),
    names: v.array(v.string()),
  }),
);

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
    const besides = run.names.filter((name) => !missing.includes(name));
    return made ? [{ run: run.run, code: run.code, names: made, besides }] : [];
  });
}

/** Return the runs of a checkpoint from what is kept of them, none where nothing is; throws where that is damaged. */
export function runsIn(part: Buffer | null): SavedRun[] {
  const found: unknown = part ? JSON.parse(part.toString()) : [];
  if (!v.is(RUNS, found)) {
    throw new Error('The list of its runs is damaged.');
  }
  return found;
}

/** Return only what the runs did to these names, for a checkpoint of which no more was restored. */
export function narrowed(runs: readonly SavedRun[], names: readonly string[]): SavedRun[] {
  return runs
    .map((run) => ({ ...run, names: run.names.filter((name) => names.includes(name)) }))
    .filter((run) => run.names.length > 0);
}
