/** Which checkpoints a command's argument means, and what can stand there. */

import { type Checkpoint, isDamaged } from '../../contract/checkpoints.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { handleOf } from '../messages/checkpoint-notes.ts';
import type { CompletionContext } from './command.ts';

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
