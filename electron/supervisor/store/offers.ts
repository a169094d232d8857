/** The sessions that were open when they ended, and that nobody has gone on with: offered at the next start. */

import type { Offer } from '../../contract/checkpoints.ts';
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

/** It goes on, here or in another session, or the user has said what is to become of it. */
function isTaken(session: SessionRecord | null): boolean {
  const heir = session?.heir ?? null;
  return isOpen(session) || session?.settled != null || (heir !== null && isAlive(heir));
}
