/** The commands that decide what becomes of runs: transactions, dry runs, the policy. */

import { closest } from '../../supervisor/platform/spelling.ts';
import type { Policy } from '../../supervisor/session/session.ts';
import { inTransaction } from '../messages/prompt-status.ts';
import { statesLeft } from '../messages/state-path.ts';
import type { Command, Place } from './command-context.ts';
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

async function begin(place: Place): Promise<boolean> {
  await place.session.begin();
  const { transactions } = place.session;
  place.note(`${inTransaction(transactions)} · %commit keeps what follows, %rollback drops it`);
  return true;
}

function commit(place: Place): boolean {
  const { since } = place.session.commit();
  const { run } = place.session.state;
  place.note(
    run === null || run < since
      ? 'committed; nothing was run in it'
      : `committed what was run since run ${since}${stillOpen(place)}`,
  );
  return true;
}

async function rollback(place: Place): Promise<boolean> {
  const { session } = place;
  const from = session.state.id;
  const move = await session.rollback();
  place.note(`rolled back: in state ${move.state.id} again${stillOpen(place)}`);
  warnOfMove(place, statesLeft(session.states, from, move.state.id), move);
  return true;
}

function stillOpen({ session: { transactions } }: Place): string {
  return transactions.length > 0 ? ` · still ${inTransaction(transactions)}` : '';
}

async function dry(place: Place, argument: string): Promise<boolean> {
  if (argument === '') {
    throw new Error('%dry needs code: %dry CODE.');
  }
  return (await place.run(argument, { policy: 'rollback_always' })).outcome === 'ok';
}

function policy(place: Place, argument: string): boolean {
  if (argument === '') {
    place.say(`· ${place.policy}: ${POLICY_WORDS[place.policy]}`);
    return true;
  }
  if (!isPolicy(argument)) {
    const nearest = closest(argument, Object.keys(POLICY_WORDS));
    const hint = nearest ? `Did you mean ${nearest}?` : `There are ${Object.keys(POLICY_WORDS).join(', ')}.`;
    throw new Error(`There is no policy ${argument}. ${hint}`);
  }
  place.policy = argument;
  place.note(`${argument}: ${POLICY_WORDS[argument]}`);
  return true;
}

function isPolicy(word: string): word is Policy {
  return Object.hasOwn(POLICY_WORDS, word);
}
