/** What is done when a session is opened, and after each checkpoint: evict what is too old or too much, and clean up after the dead. */

import { isSame, thisProcess } from '../platform/process-identity.ts';
import { collectGarbage, isBeingWritten, isUnswept, removeRoots } from '../repository/garbage-collection.ts';
import { isLeased } from '../repository/read-leases.ts';
import type { Located, Repository } from '../repository/repository.ts';
import { isOpen } from '../repository/session-file.ts';
import { thinned } from './checkpoint-thinning.ts';
import { keepWithin } from './disk-budget.ts';

/** Where another process is busy for longer, the next checkpoint does it. */
const PATIENCE_MS = 2000;

export async function maintain(repository: Repository, budget: number, own: Located): Promise<void> {
  await whenIdle(repository, async () => {
    await thin(repository, own);
    await cleanUp(repository);
    await keepWithin(repository, budget);
  });
}

/** Clean up after the dead: what they have left half may be what a first checkpoint has no room for. */
export async function maintainAtStart(repository: Repository): Promise<void> {
  await whenIdle(repository, () => cleanUp(repository));
}

async function whenIdle(repository: Repository, work: () => Promise<void>): Promise<void> {
  try {
    await repository.lock.hold(work, PATIENCE_MS);
  } catch {
    // Nothing of this is so urgent that it could not wait for the next checkpoint.
  }
}

async function thin(repository: Repository, place: Located): Promise<void> {
  if (isLeased(place)) {
    return;
  }
  const entries = (await repository.entries(place)).filter(({ root }) => root?.isOurs);
  const going = new Set(thinned(entries.flatMap(({ root }) => root?.checkpoint ?? [])));
  if (going.size > 0) {
    await removeRoots(
      place,
      entries.filter(({ id }) => going.has(id)),
    );
  }
}

/** Give back the room of what is not needed any more, in all sessions but those that other processes have open. */
async function cleanUp(repository: Repository): Promise<void> {
  for (const place of await repository.places()) {
    const session = await repository.session(place);
    if (session && isOpen(session)) {
      if (isSame(session, thisProcess()) && isUnswept(place)) {
        await collectGarbage(repository, place);
      }
    } else if (isUnswept(place) || isBeingWritten(place) || (await repository.isEmpty(place))) {
      await collectGarbage(repository, place);
    }
  }
}
