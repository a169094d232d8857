/** The commands that go to other states, list them, name them and keep them. */

import { isReachable } from '../../contract/state-tree.ts';
import { sizeText } from '../../wording/sizes.ts';
import type { ActionContext } from '../actions/action-context.ts';
import { keepEveryRun, keepNow, nameState } from '../actions/keeping.ts';
import { goTo, redo, undo } from '../actions/moves.ts';
import { inTransaction } from '../messages/prompt-status.ts';
import { statesList } from '../messages/states-list.ts';
import { type Command, type CompletionContext, countIn } from './command.ts';

const STATES_SHOWN = 20;
const FORCE = '--force';

export const STATE_COMMANDS: readonly Command[] = [
  {
    name: 'undo',
    argument: '[n]',
    summary: 'take back the last run, or n of them',
    run: (context, argument) => undo(context, steps('undo', argument)),
  },
  {
    name: 'redo',
    argument: '[n]',
    summary: 'take back an undo, or n of them',
    run: (context, argument) => redo(context, steps('redo', argument)),
  },
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
    run: goToState,
  },
  {
    name: 'name',
    argument: '[NAME]',
    summary: 'name the state, so that it is kept; or no longer',
    run: (context, argument) => nameState(context, argument === '' ? null : argument),
  },
  {
    name: 'keep',
    argument: '[WHEN]',
    summary: 'keep a copy of the state now; or from now on always, or when-asked',
    choices: () => ['always', 'when-asked'],
    run: keep,
  },
];

function steps(name: string, argument: string): { steps: number; isForced: boolean } {
  const { rest, isForced } = forced(argument);
  return { steps: countIn(rest, name, 1), isForced };
}

function goToState(context: ActionContext, argument: string): Promise<boolean> {
  const { rest, isForced } = forced(argument);
  if (rest === '') {
    throw new Error('%goto needs a state: its number or its name. %states lists them.');
  }
  return goTo(context, rest, { isForced });
}

/** What an argument is beside `--force`, which goes without asking. */
function forced(argument: string): { rest: string; isForced: boolean } {
  const words = argument.split(/\s+/);
  const isForced = words[0] === FORCE;
  return { rest: isForced ? argument.trim().slice(FORCE.length).trim() : argument, isForced };
}

function showStates(context: ActionContext, argument: string): boolean {
  const { session, columns, palette } = context;
  const { states, state, transactions, held } = session;
  const count = countIn(argument, 'states', STATES_SHOWN);
  context.say(statesList({ states, current: state.id, count, columns, palette }));
  const remarks = [
    ...(transactions.length > 0 ? [inTransaction(transactions)] : []),
    ...(held ? [`the copies hold ${sizeText(held)}`] : []),
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

function keep(context: ActionContext, argument: string): Promise<boolean> | boolean {
  if (argument === 'always' || argument === 'when-asked') {
    return keepEveryRun(context, argument === 'always');
  }
  if (argument !== '') {
    throw new Error(`%keep takes always, when-asked or nothing, not ${argument}.`);
  }
  return keepNow(context);
}
