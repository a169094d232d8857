/** Save the session under a name while one goes on, and say in the end what came of it. */

import { basename } from 'node:path';
import { type Checkpoint, isDamaged } from '../../contract/checkpoints.ts';
import type { Saving } from '../../supervisor/session.ts';
import { checkName } from '../../supervisor/store/finding.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { savedWords, unsavedLines } from '../messages/checkpoint-notes.ts';
import { type ActionContext, storeOf } from './action-context.ts';

/** What a session is called where its folder has no name that would do. */
const USUAL_NAME = 'session';

/** Save it by this name; by default by the one that it has, or its folder's. */
export async function save(
  context: ActionContext,
  { name = null }: { name?: string | null } = {},
): Promise<boolean> {
  const store = storeOf(context);
  const checked = name === null ? await usualName(context, store) : checkName(name);
  const saving = context.session.checkpoints.save({ name: checked });
  return context.meanwhile(tellOfSave(context, store, saving));
}

/** Stop the save that the user has asked for. */
export function cancelSave({ saveTracker }: ActionContext): boolean {
  if (!saveTracker.cancel()) {
    throw new Error('No save is going on.');
  }
  return true;
}

/** The name of the checkpoint that the session was last saved as, or restored from; `null` where it has none. */
export async function lastName({ saveTracker }: ActionContext, store: Store): Promise<string | null> {
  const last = (await store.list()).find(({ id }) => id === saveTracker.last);
  return last && !isDamaged(last) ? last.name : null;
}

/** What the session is called where it was saved or restored, else its folder's name. */
async function usualName(context: ActionContext, store: Store): Promise<string> {
  try {
    return checkName((await lastName(context, store)) ?? basename(context.folder));
  } catch {
    // The root folder has none, and digits alone would be the beginning of an id.
    return USUAL_NAME;
  }
}

async function tellOfSave(
  { aside, saveTracker }: ActionContext,
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
export async function takeOverName(store: Store, { id, name, session }: Checkpoint): Promise<void> {
  for (const each of await store.list()) {
    if (!isDamaged(each) && each.name === name && each.session === session && each.id !== id) {
      await store.rename(each.id, null);
    }
  }
}

/** What of the session is not in a checkpoint, or in part: lines. */
export async function unsavedOf(store: Store, checkpoint: Checkpoint): Promise<string[]> {
  const { unsaved, partly } = checkpoint.counts;
  const isWhole = unsaved + partly === 0;
  return isWhole ? [] : unsavedLines(checkpoint, (await store.manifest(checkpoint.id)).names);
}
