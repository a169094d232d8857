/** The commands that tell which names there are, and what they stand for. */

import { isWhole } from '../../contract/state-tree.ts';
import type { Variable } from '../../supervisor/session.ts';
import { enumerated } from '../../wording/counts.ts';
import type { ActionContext } from '../actions/action-context.ts';
import { compareWith } from '../actions/comparing.ts';
import { namesComparison } from '../messages/names-comparison.ts';
import { namesList, type VariablesListOptions, variablesList } from '../messages/variables-list.ts';
import type { Command, CompletionContext } from './command.ts';

export const VARIABLE_COMMANDS: readonly Command[] = [
  {
    name: 'who',
    argument: '[TYPE …]',
    summary: 'the names that there are; or those of some types',
    choices: types,
    run: (context, argument) => show(context, argument, namesList),
  },
  {
    name: 'whos',
    argument: '[TYPE …]',
    summary: 'the same with type, length, size and value; + and ~ mark what the last run added and changed',
    choices: types,
    run: (context, argument) => show(context, argument, variablesList),
  },
  {
    name: 'compare',
    argument: 'STATE',
    summary: 'which names differ from another state to here, and in tables which columns',
    choices: ({ session: { states, state } }) =>
      states
        .filter(({ id, copy }) => id !== state.id && isWhole({ copy }))
        .flatMap(({ id, name }) => name ?? String(id)),
    run: compare,
  },
];

async function show(
  context: ActionContext,
  argument: string,
  write: (options: VariablesListOptions) => string,
): Promise<boolean> {
  const { session, columns, palette } = context;
  const controller = new AbortController();
  const listing = session.variables({ signal: controller.signal });
  const { variables, limit } = await context.wait(listing, () => controller.abort(stopped()));
  const wanted = argument.split(/\s+/).filter(Boolean);
  const shown = variables.filter(({ type }) => wanted.length === 0 || wanted.includes(type));
  if (shown.length > 0) {
    context.say(write({ variables: inOrder(shown), columns, palette }));
  } else {
    context.say(
      wanted.length > 0 ? `· There is no name of type ${enumerated(wanted)}.` : '· There are no names yet.',
    );
  }
  if (limit !== null) {
    // A script is told too: what is shown is less than could be.
    context.say(`· no value was asked: ${limit}`);
  }
  return true;
}

async function compare(context: ActionContext, argument: string): Promise<boolean> {
  const { session, columns } = context;
  const wanted = session.states.find(({ id, name }) => name === argument || String(id) === argument);
  if (!wanted) {
    throw new Error(
      argument === ''
        ? '%compare needs a state: its number or its name. %states lists them.'
        : `There is no state ${argument}; %states lists them.`,
    );
  }
  const controller = new AbortController();
  const comparing = compareWith(session, wanted.id, controller.signal);
  const found = await context.wait(comparing, () => controller.abort(stopped()));
  context.say(
    found.length > 0
      ? namesComparison(found, columns)
      : `· No name differs from state ${wanted.id} to here, as far as one can see.`,
  );
  return true;
}

function stopped(): Error {
  return new Error('The variables are not told: it was stopped.');
}

/** Data first, then definitions and modules, each by its name. */
function inOrder(variables: readonly Variable[]): Variable[] {
  const rank = { data: 0, definition: 1, module: 2 };
  return [...variables].sort(
    (one, other) => rank[one.group] - rank[other.group] || (one.name < other.name ? -1 : 1),
  );
}

/** The types that there are, behind those that are typed already. */
async function types({ session }: CompletionContext, typed: string): Promise<string[]> {
  const { variables } = await session.variables();
  const before = typed.slice(0, typed.lastIndexOf(' ') + 1);
  return [...new Set(variables.map(({ type }) => type))].sort().map((type) => before + type);
}
