/** Begin a transaction, and end it: by keeping what was run in it, or by going back. */

import { inTransaction } from '../messages/prompt-status.ts';
import { statesLeft } from '../messages/state-path.ts';
import type { ActionContext } from './action-context.ts';
import { warnOfMove } from './moves.ts';

/** Begin one, within those that are open. */
export async function begin(context: ActionContext): Promise<boolean> {
  await context.session.begin();
  const { transactions } = context.session;
  context.note(`${inTransaction(transactions)} · %commit keeps what follows, %rollback drops it`);
  return true;
}

/** Keep what was run since the innermost began. */
export function commit(context: ActionContext): boolean {
  const { since } = context.session.commit();
  const { run } = context.session.state;
  context.note(
    run === null || run < since
      ? 'committed; nothing was run in it'
      : `committed what was run since run ${since}${stillOpen(context)}`,
  );
  return true;
}

/** Go back to where the innermost began. */
export async function rollback(context: ActionContext): Promise<boolean> {
  const { session } = context;
  const from = session.state.id;
  const move = await session.rollback();
  context.note(`rolled back: in state ${move.state.id} again${stillOpen(context)}`);
  warnOfMove(context, statesLeft(session.states, from, move.state.id), move);
  return true;
}

function stillOpen({ session: { transactions } }: ActionContext): string {
  return transactions.length > 0 ? ` · still ${inTransaction(transactions)}` : '';
}
