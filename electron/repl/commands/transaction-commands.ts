/** The commands that decide what becomes of runs: transactions, dry runs, the policy. */

import { closest } from '../../supervisor/platform/spelling.ts';
import type { Policy } from '../../supervisor/session.ts';
import type { ActionContext } from '../actions/action-context.ts';
import { begin, commit, rollback } from '../actions/transactions.ts';
import type { Command } from './command.ts';

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

async function dry(context: ActionContext, argument: string): Promise<boolean> {
  if (argument === '') {
    throw new Error('%dry needs code: %dry CODE.');
  }
  return (await context.run(argument, { policy: 'rollback_always' })).outcome === 'ok';
}

function policy(context: ActionContext, argument: string): boolean {
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
