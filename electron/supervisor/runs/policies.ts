/** What becomes of a run's effects. */

import type { Done, Run } from '../../contract/messages.ts';

/**
 * `commit_always` keeps them, as in every REPL; `commit_on_success`, also called `rollback_on_failure`, drops
 * them after an exception; `rollback_always` drops them in any case (a dry run); `explicit` waits for a commit or
 * a rollback.
 */
export type Policy =
  | 'commit_always'
  | 'commit_on_success'
  | 'rollback_on_failure'
  | 'rollback_always'
  | 'explicit';

interface Meaning {
  /** On which outcomes Python keeps a copy of the state that the run led to. */
  keep: Run['keep'];
  isDropped: (outcome: Done['outcome']) => boolean;
}

const never = () => false;
const unlessOk = (outcome: Done['outcome']) => outcome !== 'ok';

export const POLICIES: Record<Policy, Meaning> = {
  commit_always: { keep: 'always', isDropped: never },
  commit_on_success: { keep: 'success', isDropped: unlessOk },
  rollback_on_failure: { keep: 'success', isDropped: unlessOk },
  rollback_always: { keep: 'never', isDropped: () => true },
  explicit: { keep: 'always', isDropped: never },
};
