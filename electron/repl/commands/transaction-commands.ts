/** The commands that decide what becomes of runs: transactions, dry runs, the policy. */

import { closest } from '../../supervisor/platform/spelling.ts';
import type { Policy } from '../../supervisor/session.ts';
import { inTransaction } from '../messages/prompt-status.ts';
import { statesLeft } from '../messages/state-path.ts';
import type { Command, CommandContext } from './command-context.ts';
import { warnOfMove } from './state-commands.ts';

const POLICY_WORDS: Record<Policy, string> = {
  commit_always: 'what a run did is kept, also where it failed',
  commit_on_success: 'what a run did is dropped where it fails',
  rollback_on_failure: 'what a run did is dropped where it fails',
  rollback_always: 'every run is a dry run',
  explicit: 'every run begins a transaction, and waits for %commit or %rollback',
};

export const TRANSACTION_COMMANDS: readonly Command[] = [
  { name: 'begin', argument: '', summary: 'begin a transaction; they nest', run: begin },
  { name: 'commit', argument: '', summary: 'end it, and keep what was run in it', run: commit },
  { name: 'rollback', argument: '', summary: 'end it, and go back to where it began', run: rollback },
  {
    name: 'dry',
    argument: 'CODE',
    summary: 'run code, say what it would change, keep nothing of it',
    takesCode: true,
    run: dry,
  },
  {
    name: 'policy',
    argument: '[NAME]',
    summary: 'what becomes of the runs that follow',
    choices: () => Object.keys(POLICY_WORDS),
    run: policy,
  },
];

async function begin(context: CommandContext): Promise<boolean> {
  await context.session.begin();
  const { transactions } = context.session;
  context.note(`${inTransaction(transactions)} · %commit keeps what follows, %rollback drops it`);
  return true;
}

function commit(context: CommandContext): boolean {
  const { since } = context.session.commit();
  const { run } = context.session.state;
  context.note(
    run === null || run < since
      ? 'committed; nothing was run in it'
      : `committed what was run since run ${since}${stillOpen(context)}`,
  );
  return true;
}

async function rollback(context: CommandContext): Promise<boolean> {
  const { session } = context;
  const from = session.state.id;
  const move = await session.rollback();
  context.note(`rolled back: in state ${move.state.id} again${stillOpen(context)}`);
  warnOfMove(context, statesLeft(session.states, from, move.state.id), move);
  return true;
}

function stillOpen({ session: { transactions } }: CommandContext): string {
  return transactions.length > 0 ? ` · still ${inTransaction(transactions)}` : '';
}

async function dry(context: CommandContext, argument: string): Promise<boolean> {
  if (argument === '') {
    throw new Error('%dry needs code: %dry CODE.');
  }
  return (await context.run(argument, { policy: 'rollback_always' })).outcome === 'ok';
}

function policy(context: CommandContext, argument: string): boolean {
  if (argument === '') {
    context.say(`· ${context.policy}: ${POLICY_WORDS[context.policy]}`);
    return true;
  }
  if (!isPolicy(argument)) {
    const nearest = closest(argument, Object.keys(POLICY_WORDS));
    const hint = nearest ? `Did you mean ${nearest}?` : `There are ${Object.keys(POLICY_WORDS).join(', ')}.`;
    throw new Error(`There is no policy ${argument}. ${hint}`);
  }
  context.policy = argument;
  context.note(`${argument}: ${POLICY_WORDS[argument]}`);
  return true;
}

function isPolicy(word: string): word is Policy {
  return Object.hasOwn(POLICY_WORDS, word);
}
