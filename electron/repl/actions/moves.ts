/** Go to another state of the session, and say where it is and what could not be taken back. */

import type { Move, State } from '../../supervisor/session.ts';
import { outsideOf, runsOf, statesLeft } from '../messages/state-path.ts';
import { codeLine, runsNamed } from '../messages/wording.ts';
import type { ActionContext } from './action-context.ts';
import { mayMove } from './may-move.ts';

export interface StepOptions {
  /** How many runs; one by default. */
  steps?: number;
  /** Whether it is done without asking, whatever files have changed. */
  isForced?: boolean;
}

/** Take back so many runs. */
export async function undo(
  context: ActionContext,
  { steps = 1, isForced = false }: StepOptions = {},
): Promise<boolean> {
  const { session } = context;
  const from = session.state.id;
  if (!isForced && !(await mayMove(context, { undo: steps }, stepLine('undo', steps)))) {
    return false;
  }
  const move = await session.undo(steps);
  const left = statesLeft(session.states, from, move.state.id);
  context.note(`undid ${runsAndCode(left, context.columns)}`);
  context.note(`back in state ${move.state.id} · %redo goes forward again`);
  warnOfMove(context, left, move);
  return true;
}

/** Take back so many undos. */
export async function redo(
  context: ActionContext,
  { steps = 1, isForced = false }: StepOptions = {},
): Promise<boolean> {
  const { session } = context;
  const from = session.state.id;
  if (!isForced && !(await mayMove(context, { redo: steps }, stepLine('redo', steps)))) {
    return false;
  }
  const move = await session.redo(steps);
  const found = statesLeft(session.states, move.state.id, from);
  context.note(`redid ${runsAndCode(found, context.columns)}`);
  context.note(`forward in state ${move.state.id}`);
  warnOfMove(context, [], move);
  return true;
}

/** Go to any state, by its number or its name. */
export async function goTo(
  context: ActionContext,
  state: number | string,
  { isForced = false }: Pick<StepOptions, 'isForced'> = {},
): Promise<boolean> {
  const { session } = context;
  const from = session.state.id;
  if (!isForced && !(await mayMove(context, { state }, `%goto --force ${state}`))) {
    return false;
  }
  const move = await session.goTo(state);
  const { id, run, code } = move.state;
  const back = id === from ? '' : ` · %goto ${from} goes back`;
  const where =
    run === null ? 'the start' : `after ${runsAndCode([move.state], context.columns - 16 - back.length)}`;
  context.note(`in state ${id}, ${code === '' ? 'the start' : where}${back}`);
  warnOfMove(context, statesLeft(session.states, from, id), move);
  return true;
}

/** Say what a move to another state could not take back or bring back. */
export function warnOfMove(context: ActionContext, left: readonly State[], { notes }: Move): void {
  const outside = outsideOf(left);
  if (outside.length > 0) {
    context.warn(`not taken back: ${outside.join(', ')}`);
  }
  for (const note of notes) {
    context.warn(note);
  }
}

/** The line that does it without asking. */
function stepLine(name: 'undo' | 'redo', steps: number): string {
  return `%${name} --force${steps === 1 ? '' : ` ${steps}`}`;
}

/** `run 3: del df["price"]`, or `runs 3 to 5`. */
function runsAndCode(states: readonly State[], columns: number): string {
  const runs = runsNamed(runsOf(states));
  const [state] = states;
  return states.length === 1 && state ? `${runs}: ${codeLine(state.code, columns - runs.length - 12)}` : runs;
}
