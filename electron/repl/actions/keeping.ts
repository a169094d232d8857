/** Keep states longer than they would be: by a name, or as a copy that is asked for. */

import { isWhole } from '../../contract/state-tree.ts';
import type { State } from '../../supervisor/session.ts';
import type { ActionContext } from './action-context.ts';

/** Name the state that the session is in; `null` takes its name away. */
export async function nameState(context: ActionContext, name: string | null): Promise<boolean> {
  const before = context.session.state;
  if (name === null && before.name === null) {
    throw new Error(`State ${before.id} has no name; %name NAME gives it one.`);
  }
  const state = await context.session.name(name);
  context.note(
    name === null
      ? `state ${state.id} is no longer named ${before.name}`
      : `state ${state.id} is named ${name} · %goto ${name} goes back to it`,
  );
  return warnUnlessKept(context, state);
}

/** Keep a copy of the state as it is now. */
export async function keepNow(context: ActionContext): Promise<boolean> {
  const state = await context.session.keep();
  if (isWhole(state)) {
    context.note(`state ${state.id} is kept`);
  }
  return warnUnlessKept(context, state);
}

/** From now on keep a copy after every run, or only when asked. */
export function keepEveryRun({ session, note }: ActionContext, isKept: boolean): boolean {
  session.keepsEveryRun = isKept;
  note(isKept ? 'a copy is kept after every run' : 'a copy is kept only when you ask: %keep');
  return true;
}

function warnUnlessKept(context: ActionContext, state: State): boolean {
  if (isWhole(state)) {
    return true;
  }
  if (state.copy === 'noted') {
    context.warn(`Only names and plain values of state ${state.id} are kept: ${state.reason}.`);
    return false;
  }
  context.warn(`There is no copy of state ${state.id}${state.reason ? `: ${state.reason}` : ''}.`);
  return false;
}
