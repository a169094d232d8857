/** Keep all sessions together within a budget of the disk; whoever does it holds the lock. */

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeText } from '../../wording/sizes.ts';
import { isSame, thisProcess } from '../platform/process-identity.ts';
import { collectGarbage, isBeingWritten, neededBy, removeRoots } from '../repository/garbage-collection.ts';
import { packsFolder, withPacks } from '../repository/packs.ts';
import { isLeased } from '../repository/read-leases.ts';
import type { Entry, Located, Repository } from '../repository/repository.ts';
import { isOpen, type SessionRecord } from '../repository/session-file.ts';

/** A session as the budget sees it. */
interface SessionUsage {
  place: Located;
  session: SessionRecord | null;
  entries: Entry[];
  isOpen: boolean;
}

export interface Usage {
  /** What the packs of all sessions take, in bytes. */
  bytes: number;
  budget: number;
  /** A sentence, where they take more than they should; `null` where they do not. */
  warning: string | null;
}

/**
 * Evict automatic checkpoints, the oldest first, until the rest is within the budget: first those of sessions that
 * are over, then those of this process's own, at last the newest of sessions that are still offered. Never a named
 * one, nor the newest of a session that is open; and nothing of a session that another process has open.
 */
export async function keepWithin(repository: Repository, budget: number): Promise<void> {
  if ((await bytesUsed(repository)) <= budget) {
    return;
  }
  for (const test of [isOver, isSpare, isOffered]) {
    const standings = await sessionUsages(repository);
    const going = candidates(standings, test);
    if (test === isOffered && (await leastBytes(standings, going)) > budget) {
      return;
    }
    if (await removeUntil(repository, going, budget)) {
      return;
    }
  }
}

/** What is used, and whether that is too much. */
export async function usageOf(repository: Repository, budget: number): Promise<Usage> {
  const bytes = await bytesUsed(repository);
  const warning =
    bytes > budget
      ? `Saved sessions take ${sizeText(bytes)}, more than the ${sizeText(budget)} of checkpoints.megabytes in ` +
        'settings.json: named checkpoints and those of open sessions stay until you delete them.'
      : null;
  return { bytes, budget, warning };
}

/** True where the rest is within the budget then. */
async function removeUntil(
  repository: Repository,
  entries: readonly Entry[],
  budget: number,
): Promise<boolean> {
  for (const entry of entries) {
    await removeRoots(entry.session, [entry]);
    await collectGarbage(repository, entry.session);
    if ((await bytesUsed(repository)) <= budget) {
      return true;
    }
  }
  return false;
}

/** What all packs take; one that is in several sessions counts once. */
async function bytesUsed(repository: Repository): Promise<number> {
  const sizes = new Map<string, number>();
  for (const { path } of await repository.places()) {
    const folder = packsFolder(path);
    // A folder or a file that goes while we look takes nothing.
    for (const name of await readdir(folder).catch(() => [])) {
      const status = await lstat(join(folder, name)).catch(() => null);
      if (status?.isFile()) {
        sizes.set(`${status.dev}:${status.ino}`, status.size);
      }
    }
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

async function sessionUsages(repository: Repository): Promise<SessionUsage[]> {
  const standings: SessionUsage[] = [];
  for (const place of await repository.places()) {
    const session = await repository.session(place);
    standings.push({ place, session, entries: await repository.entries(place), isOpen: isOpen(session) });
  }
  return standings;
}

type Test = (entry: Entry, session: SessionUsage) => boolean;

/** The automatic checkpoints that a test lets through, the oldest first, and none that is being restored. */
function candidates(standings: readonly SessionUsage[], test: Test): Entry[] {
  const origins = standings.filter((each) => each.isOpen && each.entries.length === 0);
  const needed = new Set(origins.map(({ session }) => session?.from));
  return standings
    .filter(({ place }) => !isLeased(place))
    .flatMap((session) => session.entries.filter((entry) => test(entry, session)))
    .filter(({ id, root }) => root?.isOurs && root.checkpoint.name === null && !needed.has(id))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** What nobody will be offered: of a session that has ended, but for the newest of one that may be gone on with. */
function isOver(entry: Entry, { isOpen, session, entries }: SessionUsage): boolean {
  return !isOpen && (session?.settled != null || entry !== entries.at(-1));
}

/** What an open session has besides its newest; a writer at work counts on all of it. */
function isSpare(entry: Entry, { isOpen, session, entries, place }: SessionUsage): boolean {
  const isOurs = isOpen && session !== null && isSame(session, thisProcess());
  return isOurs && entry !== entries.at(-1) && !isBeingWritten(place);
}

/** The newest of a session that may be gone on with. */
function isOffered(entry: Entry, { isOpen, session, entries }: SessionUsage): boolean {
  return !isOpen && session?.settled == null && entry === entries.at(-1);
}

/** What would stay though all of these went: where that is too much, nobody is helped by their going. */
async function leastBytes(standings: readonly SessionUsage[], going: readonly Entry[]): Promise<number> {
  const sizes = new Map<string, number>();
  for (const { place, entries } of standings) {
    const staying = entries.filter((entry) => !going.some(({ id }) => id === entry.id));
    await withPacks(place.path, async (packs, pieces) => {
      const needed = await neededBy(staying, pieces);
      for (const { inode, size, index } of packs) {
        if (!needed || index.pieces.some(({ hash }) => needed.has(hash))) {
          sizes.set(inode, size);
        }
      }
    });
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
