/** The commands that save the session, bring it back, and tell what is saved. */

import type { Checkpoint } from '../../contract/checkpoints.ts';
import { type ActionContext, storeOf } from '../actions/action-context.ts';
import { lastName } from '../actions/save.ts';
import { labelOf } from '../messages/checkpoint-notes.ts';
import { differenceText } from '../messages/checkpoint-view.ts';
import { checkpointChoices, splitName } from './checkpoint-arguments.ts';
import { CHECKPOINTS_COMMAND } from './checkpoints-command.ts';
import type { Command } from './command.ts';
import { RESTORE_COMMANDS } from './restore-commands.ts';
import { SAVE_COMMAND } from './save-command.ts';

export const CHECKPOINT_COMMANDS: readonly Command[] = [
  SAVE_COMMAND,
  ...RESTORE_COMMANDS,
  CHECKPOINTS_COMMAND,
  {
    name: 'diff',
    argument: '[A [B]]',
    summary: 'which names differ, from one saved session to another, or to now',
    choices: checkpointChoices,
    run: diff,
  },
];

async function diff(context: ActionContext, argument: string): Promise<boolean> {
  const store = storeOf(context);
  const [one, other] = await splitName(store, argument);
  const before = await store.find(one === '' ? ((await lastName(context, store)) ?? '') : one);
  const after = other === '' ? await now(context) : await store.find(other);
  const { columns, palette } = context;
  const at = Date.now();
  context.note(`from ${labelOf(before, at)} to ${other === '' ? 'now' : labelOf(after, at)}`);
  context.say(differenceText(await store.compare(before.id, after.id), { columns, palette, now: at }));
  return true;
}

/** The session as it is, saved so that it can be compared; what has not changed costs nothing. */
function now({ session, wait }: ActionContext): Promise<Checkpoint> {
  const saving = session.checkpoints.save({ name: null });
  return wait(saving.done, () => saving.cancel());
}
