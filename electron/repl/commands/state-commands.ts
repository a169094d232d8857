/** The commands that go to other states, list them, name them and keep them. */

import type { Move, State } from '../../supervisor/session.ts';
import { isReachable, isWhole } from '../../supervisor/states/states.ts';
import { inTransaction } from '../messages/prompt-status.ts';
import { outsideOf, runsOf, statesLeft } from '../messages/state-path.ts';
import { statesList } from '../messages/states-list.ts';
import { firstLine, runsNamed, size } from '../messages/wording.ts';
import { type Command, type CommandContext, type CompletionContext, countIn } from './command-context.ts';
import { forced, mayMove } from './may-move.ts';

const STATES_SHOWN = 20;

export const STATE_COMMANDS: readonly Command[] = [
  { name: 'undo', argument: '[n]', summary: 'take back the last run, or n of them', run: undo },
  { name: 'redo', argument: '[n]', summary: 'take back an undo, or n of them', run: redo },
  {
    name: 'states',
    argument: '[n]',
    summary: `the last ${STATES_SHOWN} states, or n: ● live, ❄ can be gone to, ○ evicted`,
    run: showStates,
  },
  {
    name: 'goto',
    argument: 'STATE',
    summary: 'go to a state, by its number or name',
    choices: destinations,
    run: goTo,
  },
  {
    name: 'name',
    argument: '[NAME]',
    summary: 'name the state, so that it is kept; or no longer',
    run: nameState,
  },
  {
    name: 'keep',
    argument: '[WHEN]',
    summary: 'keep a copy of the state now; or from now on always, or when-asked',
    choices: () => ['always', 'when-asked'],
    run: keep,
  },
];

/** Say what a move to another state could not take back or bring back. */
export function warnOfMove(context: CommandContext, left: readonly State[], { notes }: Move): void {
  const outside = outsideOf(left);
  if (outside.length > 0) {
    context.warn(`not taken back: ${outside.join(', ')}`);
  }
  for (const note of notes) {
    context.warn(note);
  }
}

async function undo(context: CommandContext, argument: string): Promise<boolean> {
  const { session } = context;
  const from = session.state.id;
  const { rest, isForced } = forced(argument);
  const steps = countIn(rest, 'undo', 1);
  if (!isForced && !(await mayMove(context, { undo: steps }, `%undo --force ${rest}`))) {
    return false;
  }
  const move = await session.undo(steps);
  const left = statesLeft(session.states, from, move.state.id);
  context.note(`undid ${runsAndCode(left, context.columns)}`);
  context.note(`back in state ${move.state.id} · %redo goes forward again`);
  warnOfMove(context, left, move);
  return true;
}

async function redo(context: CommandContext, argument: string): Promise<boolean> {
  const { session } = context;
  const from = session.state.id;
  const { rest, isForced } = forced(argument);
  const steps = countIn(rest, 'redo', 1);
  if (!isForced && !(await mayMove(context, { redo: steps }, `%redo --force ${rest}`))) {
    return false;
  }
  const move = await session.redo(steps);
  const found = statesLeft(session.states, move.state.id, from);
  context.note(`redid ${runsAndCode(found, context.columns)}`);
  context.note(`forward in state ${move.state.id}`);
  warnOfMove(context, [], move);
  return true;
}

async function goTo(context: CommandContext, argument: string): Promise<boolean> {
  const { rest, isForced } = forced(argument);
  if (rest === '') {
    throw new Error('%goto needs a state: its number or its name. %states lists them.');
  }
  const { session } = context;
  const from = session.state.id;
  if (!isForced && !(await mayMove(context, { state: rest }, `%goto --force ${rest}`))) {
    return false;
  }
  const move = await session.goTo(rest);
  const { id, run, code } = move.state;
  const back = id === from ? '' : ` · %goto ${from} goes back`;
  const where =
    run === null ? 'the start' : `after ${runsAndCode([move.state], context.columns - 16 - back.length)}`;
  context.note(`in state ${id}, ${code === '' ? 'the start' : where}${back}`);
  warnOfMove(context, statesLeft(session.states, from, id), move);
  return true;
}

/** `run 3: del df["price"]`, or `runs 3 to 5`. */
function runsAndCode(states: readonly State[], columns: number): string {
  const runs = runsNamed(runsOf(states));
  const [state] = states;
  return states.length === 1 && state
    ? `${runs}: ${firstLine(state.code, columns - runs.length - 12)}`
    : runs;
}

function showStates(context: CommandContext, argument: string): boolean {
  const { session, columns, palette } = context;
  const { states, state, transactions, held } = session;
  const count = countIn(argument, 'states', STATES_SHOWN);
  context.say(statesList({ states, current: state.id, count, columns, palette }));
  const remarks = [
    ...(transactions.length > 0 ? [inTransaction(transactions)] : []),
    ...(held ? [`the copies hold ${size(held)}`] : []),
    ...(session.keepsEveryRun ? [] : ['a copy is kept only when you ask: %keep']),
  ];
  if (remarks.length > 0) {
    context.note(remarks.join(' · '));
  }
  return true;
}

/** Names first, then numbers, the newest first. */
function destinations({ session: { states, state } }: CompletionContext): string[] {
  const reachable = states.filter((each) => each.id !== state.id && isReachable(each)).reverse();
  return [...reachable.flatMap(({ name }) => name ?? []), ...reachable.map(({ id }) => String(id))];
}

async function nameState(context: CommandContext, argument: string): Promise<boolean> {
  const before = context.session.state;
  if (argument === '' && before.name === null) {
    throw new Error(`State ${before.id} has no name; %name NAME gives it one.`);
  }
  const state = await context.session.name(argument === '' ? null : argument);
  context.note(
    argument === ''
      ? `state ${state.id} is no longer named ${before.name}`
      : `state ${state.id} is named ${argument} · %goto ${argument} goes back to it`,
  );
  return warnUnlessKept(context, state);
}

async function keep(context: CommandContext, argument: string): Promise<boolean> {
  const { session } = context;
  if (argument === 'always' || argument === 'when-asked') {
    session.keepsEveryRun = argument === 'always';
    context.note(
      session.keepsEveryRun ? 'a copy is kept after every run' : 'a copy is kept only when you ask: %keep',
    );
    return true;
  }
  if (argument !== '') {
    throw new Error(`%keep takes always, when-asked or nothing, not ${argument}.`);
  }
  const state = await session.keep();
  if (isWhole(state)) {
    context.note(`state ${state.id} is kept`);
  }
  return warnUnlessKept(context, state);
}

function warnUnlessKept(context: CommandContext, state: State): boolean {
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
