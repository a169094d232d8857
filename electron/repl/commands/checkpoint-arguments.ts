/** Which checkpoints a command's argument means, and what can stand there. */

import { type Checkpoint, isDamaged } from '../../contract/checkpoints.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { handleOf } from '../messages/checkpoint-notes.ts';
import type { CommandContext, CompletionContext } from './command-context.ts';

/** The saved sessions; throws where there is no place for them. */
export function storeOf({ store }: Pick<CommandContext, 'store'>): Store {
  if (!store) {
    throw new Error('This session was opened without a place for saved ones.');
  }
  return store;
}

/** The name of the checkpoint that the session was last saved as, or restored from; `null` where it has none. */
export async function lastName({ saveTracker }: CommandContext, store: Store): Promise<string | null> {
  const last = (await store.list()).find(({ id }) => id === saveTracker.last);
  return last && !isDamaged(last) ? last.name : null;
}

/** Tell a checkpoint's name, in which there may be blanks, from what follows it. */
export async function splitName(store: Store, argument: string): Promise<[string, string]> {
  const fitting = (await usable(store))
    .flatMap(({ name }) => name ?? [])
    .filter((name) => argument === name || argument.startsWith(`${name} `))
    .sort((one, other) => other.length - one.length);
  const [name = ''] = fitting.length > 0 ? fitting : argument.split(' ');
  return [name, argument.slice(name.length).trim()];
}

/** Names first, then ids, the newest first. */
export async function checkpointChoices({ store }: CompletionContext): Promise<string[]> {
  const found = store ? await usable(store) : [];
  const names = found.flatMap(({ name }) => name ?? []);
  const ids = found.filter(({ name }) => name === null).map(handleOf);
  return [...new Set([...names, ...ids])];
}

/** The checkpoint and the file for it, where two words must be there; throws with the way to say it. */
export async function nameAndRest(store: Store, argument: string, usage: string): Promise<[string, string]> {
  const [name, rest] = await splitName(store, argument);
  if (name === '' || rest === '') {
    throw new Error(`More is needed: ${usage}.`);
  }
  return [name, rest];
}

async function usable(store: Store): Promise<Checkpoint[]> {
  return (await store.list()).filter((each): each is Checkpoint => !isDamaged(each));
}
