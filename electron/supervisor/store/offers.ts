/** The sessions that were open when they ended, and that nobody has gone on with: offered at the next start. */

import type { Checkpoint, Offer } from '../../contract/checkpoints.ts';
import { isAlive } from '../platform/process-identity.ts';
import type { Located, Repository } from '../repository/repository.ts';
import { isOpen, type SessionRecord } from '../repository/session-file.ts';

/** The newest first, and no more than so many. */
export async function offersOf(repository: Repository, most = Number.POSITIVE_INFINITY): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const place of await repository.places()) {
    const session = await repository.session(place);
    if (isTaken(session)) {
      continue;
    }
    const checkpoint = await newestIn(repository, place);
    if (checkpoint) {
      const closed = session?.closed ?? null;
      offers.push({ checkpoint, ended: closed === null ? 'cut off' : 'quit', at: closed ?? checkpoint.at });
    }
  }
  return offers.sort((one, other) => newestFirst(one.checkpoint, other.checkpoint)).slice(0, most);
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
      const newest = await newestIn(repository, place);
      found.push(...(newest ? [newest] : []));
    }
  }
  return found.sort(newestFirst)[0] ?? null;
}

/** The newest checkpoint of a session that was made here. */
async function newestIn(repository: Repository, place: Located): Promise<Checkpoint | null> {
  const usable = (await repository.entries(place)).filter(({ root }) => root?.isOurs);
  return usable.at(-1)?.root?.checkpoint ?? null;
}

function newestFirst(one: Checkpoint, other: Checkpoint): number {
  return one.id < other.id ? 1 : -1;
}

/** It goes on, here or in another session, it is an agent's, or the user has said what is to become of it. */
function isTaken(session: SessionRecord | null): boolean {
  const heir = session?.heir ?? null;
  const isAgents = session?.agent !== undefined;
  return isOpen(session) || isAgents || session?.settled != null || (heir !== null && isAlive(heir));
}
