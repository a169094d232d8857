/** `%restore` and `%rebuild`: a session comes back from the disk, and what could not be saved is made again. */

import { type ActionContext, storeOf } from '../actions/action-context.ts';
import { rebuild, restore } from '../actions/restore.ts';
import { checkpointChoices, splitName } from './checkpoint-arguments.ts';
import type { Command } from './command.ts';

export const RESTORE_COMMANDS: readonly Command[] = [
  {
    name: 'restore',
    argument: '[NAME]',
    summary: 'bring back the newest saved session, or NAME; or some of its names: %restore NAME a b',
    choices: checkpointChoices,
    run: restoreNamed,
  },
  {
    name: 'rebuild',
    argument: '',
    summary: 'run again what makes the names that did not come back',
    run: rebuild,
  },
];

async function restoreNamed(context: ActionContext, argument: string): Promise<boolean> {
  const [checkpoint, rest] = await splitName(storeOf(context), argument);
  const names = rest === '' ? undefined : rest.split(/[\s,]+/).filter(Boolean);
  return restore(context, { checkpoint, names });
}
