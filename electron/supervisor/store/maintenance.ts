/** What is done when a session is opened, and after each checkpoint: let go of what is too old or too much, and clean up after the dead. */

import { isBeingWritten, isUnswept, removeRoots, sweep } from '../repository/garbage-collection.ts';
import { isSame, thisProcess } from '../repository/process-identity.ts';
import { isHeld } from '../repository/read-leases.ts';
import type { Place, Shelf } from '../repository/repository.ts';
import { isOpen } from '../repository/session-file.ts';
import { thinned } from './checkpoint-thinning.ts';
import { keepWithin } from './disk-budget.ts';

/** Where another process is busy for longer, the next checkpoint does it. */
const PATIENCE_MS = 2000;

export async function tidy(shelf: Shelf, budget: number, own: Place): Promise<void> {
  await whenIdle(shelf, async () => {
    await thin(shelf, own);
    await cleanUp(shelf);
    await keepWithin(shelf, budget);
  });
}

/** Clean up after the dead: what they have left half may be what a first checkpoint has no room for. */
export async function tidyAtStart(shelf: Shelf): Promise<void> {
  await whenIdle(shelf, () => cleanUp(shelf));
}

async function whenIdle(shelf: Shelf, work: () => Promise<void>): Promise<void> {
  try {
    await shelf.lock.hold(work, PATIENCE_MS);
  } catch {
    // Nothing of this is so urgent that it could not wait for the next checkpoint.
  }
}

async function thin(shelf: Shelf, place: Place): Promise<void> {
  if (isHeld(place)) {
    return;
  }
  const entries = (await shelf.entries(place)).filter(({ root }) => root?.isOurs);
  const going = new Set(thinned(entries.flatMap(({ root }) => root?.checkpoint ?? [])));
  if (going.size > 0) {
    await removeRoots(
      place,
      entries.filter(({ id }) => going.has(id)),
    );
  }
}

/** Give back the room of what is not needed any more, in all sessions but those that other processes have open. */
async function cleanUp(shelf: Shelf): Promise<void> {
  for (const place of await shelf.places()) {
    const session = await shelf.session(place);
    if (session && isOpen(session)) {
      if (isSame(session, thisProcess()) && isUnswept(place)) {
        await sweep(shelf, place);
      }
    } else if (isUnswept(place) || isBeingWritten(place) || (await shelf.isEmpty(place))) {
      await sweep(shelf, place);
    }
  }
}
