/** What is said after a run whose policy was not the usual one, or that never began. */

import type { Outcome, Policy, Session } from '../../supervisor/session.ts';
import { dryReport } from './changes-report.ts';
import { inTransaction } from './prompt-status.ts';

/** Lines, each with its dot; empty where nothing is to be said. */
export function runNotes(outcome: Outcome, policy: Policy, session: Session): string {
  if (outcome.outcome === 'refused') {
    return `· ${outcome.failure?.text ?? 'The run was not begun.'}`;
  }
  if (outcome.outcome === 'died' || outcome.outcome === 'exiting') {
    return '';
  }
  if (policy === 'rollback_always') {
    return dryReport(outcome.changes);
  }
  if (!outcome.kept) {
    const outside = outcome.changes?.outside ?? [];
    const back = `· rolled back, as it failed: in state ${session.state.id} again`;
    return outside.length > 0 ? `${back}\n· not taken back: ${outside.join(', ')}` : back;
  }
  if (policy === 'explicit') {
    return `· ${inTransaction(session.transactions)} · %commit keeps it, %rollback drops it`;
  }
  return '';
}
