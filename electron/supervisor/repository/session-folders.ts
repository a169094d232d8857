/** Make the folders of sessions, and change what is said of them. */

import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, nameOf, ownerOf, thisProcess } from '../platform/process-identity.ts';
import { syncFolder } from '../platform/replace-file.ts';
import { newId, timeOf } from './ids.ts';
import { packsFolder } from './packs.ts';
import { ensureFolder } from './private-files.ts';
import type { Located, Repository } from './repository.ts';
import { readSession, SESSION_VERSION, type SessionRecord, writeSession } from './session-file.ts';

/** Make the folder of a new session; it appears when it is whole. */
export async function createSession(
  repository: Repository,
  given: Partial<SessionRecord>,
  fill: (draft: Located) => Promise<void> = async () => undefined,
): Promise<Located> {
  const id = given.id ?? newId();
  const [draft, path] = [
    join(repository.folder, `${DRAFT}${nameOf(thisProcess())}`),
    join(repository.folder, id),
  ];
  await removeDrafts(repository);
  try {
    await ensureFolder(draft);
    await ensureFolder(packsFolder(draft));
    await writeSession(draft, { ...unknownSession(id), ...thisProcess(), opened: Date.now(), ...given });
    await fill({ id, path: draft });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(repository.folder);
  return { id, path };
}

/** Change some of what is said of a session; the lock is held. */
export async function changeSession(place: Located, change: Partial<SessionRecord>): Promise<void> {
  const session = (await readSession(place.path)) ?? unknownSession(place.id);
  await writeSession(place.path, { ...session, ...change });
}

/** How the folder of a session begins that is being made. */
const DRAFT = 'new-';

/** Remove what processes have left that died at it. */
async function removeDrafts({ folder }: Repository): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(DRAFT));
  for (const name of names.filter((each) => !isAlive(ownerOf(each.slice(DRAFT.length))))) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** One of which nothing is known but that it was. */
function unknownSession(id: string): SessionRecord {
  return {
    version: SESSION_VERSION,
    id,
    opened: timeOf(id),
    folder: '',
    python: '',
    pid: 0,
    started: null,
    boot: null,
    machine: null,
    namespace: null,
    seen: null,
    closed: null,
    from: null,
    heir: null,
    settled: null,
  };
}
