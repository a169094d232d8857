/** The sessions that were open when they ended, and that nobody has gone on with: offered at the next start. */

import type { Checkpoint, Offer } from '../../contract/checkpoints.ts';
import { isAlive } from '../platform/process-identity.ts';
import type { Repository } from '../repository/repository.ts';
import { isOpen, type SessionRecord } from '../repository/session-file.ts';

/** The newest first, and no more than so many. */
export async function offersOf(repository: Repository, most = Number.POSITIVE_INFINITY): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const place of await repository.places()) {
    const session = await repository.session(place);
    if (isTaken(session)) {
      continue;
    }
    const usable = (await repository.entries(place)).filter(({ root }) => root?.isOurs);
    const checkpoint = usable.at(-1)?.root?.checkpoint;
    if (checkpoint) {
      const closed = session?.closed ?? null;
      offers.push({ checkpoint, ended: closed === null ? 'cut off' : 'quit', at: closed ?? checkpoint.at });
    }
  }
  return offers.sort((one, other) => (one.checkpoint.id < other.checkpoint.id ? 1 : -1)).slice(0, most);
}

/** The newest that an agent has left in this folder by this name, where none of them is open. */
export async function leftBy(
  repository: Repository,
  { agent, folder }: { agent: string; folder: string },
): Promise<Checkpoint | null> {
  const found: Checkpoint[] = [];
  for (const place of await repository.places()) {
    const session = await repository.session(place);
    if (session?.agent === agent && session.folder === folder && !isOpen(session)) {
      const usable = (await repository.entries(place)).filter(({ root }) => root?.isOurs);
      found.push(...usable.slice(-1).flatMap(({ root }) => root?.checkpoint ?? []));
    }
  }
  return found.sort((one, other) => (one.id < other.id ? 1 : -1))[0] ?? null;
}

/** It goes on, here or in another session, it is an agent's, or the user has said what is to become of it. */
function isTaken(session: SessionRecord | null): boolean {
  const heir = session?.heir ?? null;
  const isAgents = session?.agent !== undefined;
  return isOpen(session) || isAgents || session?.settled != null || (heir !== null && isAlive(heir));
}
