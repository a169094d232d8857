/** Note again and again that a session is open: on another machine nobody sees whether its process is there. */

import { background } from '../platform/background.ts';
import { isSame, thisProcess } from '../platform/process-identity.ts';
import type { Located, Repository } from './repository.ts';
import { readSession } from './session-file.ts';
import { changeSession } from './session-folders.ts';

const HOUR_MS = 3600 * 1000;

/** Begin; return the function that ends it. */
export function giveSigns(repository: Repository, place: Located, every = HOUR_MS): () => void {
  const timer = setInterval(
    () => background(give(repository, place), 'noting that a session is open'),
    every,
  );
  timer.unref();
  return () => clearInterval(timer);
}

async function give(repository: Repository, place: Located): Promise<void> {
  try {
    await repository.lock.hold(async () => {
      const session = await readSession(place.path);
      if (session && session.closed === null && isSame(session, thisProcess())) {
        await changeSession(place, { seen: Date.now() });
      }
    });
  } catch {
    // A disk that is full or away: one sign that is missing does not matter.
  }
}
