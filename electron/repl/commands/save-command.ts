/** `%save`: the session on disk, under a name, while one goes on. */

import { basename } from 'node:path';
import { type Checkpoint, isDamaged } from '../../contract/checkpoints.ts';
import type { Saving } from '../../supervisor/session.ts';
import { checkName } from '../../supervisor/store/finding.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { savedWords, unsavedLines } from '../messages/checkpoint-notes.ts';
import { checkpointChoices, lastName, storeOf } from './checkpoint-arguments.ts';
import type { Command, CommandContext } from './command-context.ts';

/** What a session is called where its folder has no name that would do. */
const USUAL_NAME = 'session';
const CANCEL = '--cancel';

export const SAVE_COMMAND: Command = {
  name: 'save',
  argument: '[NAME]',
  summary: `save the session while you go on; ${CANCEL} stops it`,
  choices: async (context) => [CANCEL, ...(await checkpointChoices(context))],
  run: save,
};

async function save(context: CommandContext, argument: string): Promise<boolean> {
  const store = storeOf(context);
  if (argument === CANCEL) {
    return cancel(context);
  }
  if (argument.startsWith('-')) {
    throw new Error(`%save takes a name, or ${CANCEL}, not ${argument}.`);
  }
  const name = argument === '' ? await usualName(context, store) : checkName(argument);
  const saving = context.session.checkpoints.save({ name });
  return context.meanwhile(tellOfSave(context, store, saving));
}

function cancel({ saveTracker }: CommandContext): boolean {
  if (!saveTracker.cancel()) {
    throw new Error('No save is going on.');
  }
  return true;
}

/** What the session is called where it was saved or restored, else its folder's name. */
async function usualName(context: CommandContext, store: Store): Promise<string> {
  try {
    return checkName((await lastName(context, store)) ?? basename(context.folder));
  } catch {
    // The root folder has none, and digits alone would be the beginning of an id.
    return USUAL_NAME;
  }
}

async function tellOfSave(
  { aside, saveTracker }: CommandContext,
  store: Store,
  saving: Saving,
): Promise<boolean> {
  try {
    const checkpoint = await saving.done;
    const lines = await unsavedOf(store, checkpoint);
    aside.note(savedWords(checkpoint, Date.now()));
    for (const line of lines) {
      aside.warn(line);
    }
    await takeOverName(store, checkpoint);
    return true;
  } catch (error) {
    const { message } = error as Error;
    if (saveTracker.isCancelled(saving)) {
      aside.warn(message);
    } else {
      aside.fail(message);
    }
    return false;
  }
}

/** A name means one checkpoint of a session: earlier ones lose it, and are thinned with time like automatic ones. */
async function takeOverName(store: Store, { id, name, session }: Checkpoint): Promise<void> {
  for (const each of await store.list()) {
    if (!isDamaged(each) && each.name === name && each.session === session && each.id !== id) {
      await store.rename(each.id, null);
    }
  }
}

async function unsavedOf(store: Store, checkpoint: Checkpoint): Promise<string[]> {
  const { unsaved, partly } = checkpoint.counts;
  const isWhole = unsaved + partly === 0;
  return isWhole ? [] : unsavedLines(checkpoint, (await store.manifest(checkpoint.id)).names);
}
