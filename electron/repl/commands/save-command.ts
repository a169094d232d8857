/** `%save`: the session on disk, under a name, while one goes on. */

import type { ActionContext } from '../actions/action-context.ts';
import { cancelSave, save } from '../actions/save.ts';
import { checkpointChoices } from './checkpoint-arguments.ts';
import type { Command } from './command.ts';

const CANCEL = '--cancel';

export const SAVE_COMMAND: Command = {
  name: 'save',
  argument: '[NAME]',
  summary: `save the session while you go on; ${CANCEL} stops it`,
  choices: async (context) => [CANCEL, ...(await checkpointChoices(context))],
  run: saveOrCancel,
};

function saveOrCancel(context: ActionContext, argument: string): Promise<boolean> | boolean {
  if (argument === CANCEL) {
    return cancelSave(context);
  }
  if (argument.startsWith('-')) {
    throw new Error(`%save takes a name, or ${CANCEL}, not ${argument}.`);
  }
  return save(context, { name: argument === '' ? null : argument });
}
