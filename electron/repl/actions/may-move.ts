/** Asks once before the session goes to a state that has files open which it could not write to any more. */

import type { Target } from '../../supervisor/session.ts';
import { enumerated } from '../../wording/counts.ts';
import type { ActionContext } from './action-context.ts';

const FILES_NAMED = 3;

/** Whether to go there: a script that says so does; at a prompt `line`, which goes, is made ready for Enter. */
export async function mayMove(context: ActionContext, target: Target, line: string): Promise<boolean> {
  if (!context.canAsk) {
    return true;
  }
  const files = await context.session.foresee(target);
  if (files.length === 0) {
    return true;
  }
  const more = files.length - FILES_NAMED;
  const named = enumerated([...files.slice(0, FILES_NAMED), ...(more > 0 ? [`${more} more`] : [])]);
  context.warn(
    files.length === 1
      ? `${named} has changed since that state, which could only read it until it is opened again`
      : `${named} have changed since that state, which could only read them until they are opened again`,
  );
  context.propose(line);
  return false;
}
