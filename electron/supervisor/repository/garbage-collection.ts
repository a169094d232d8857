/** Give back the room of what no checkpoint of a session needs; whoever does it holds the lock. */

import { readdirSync, rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Piece } from '../../contract/messages.ts';
import { createFile, syncFolder } from '../platform/replace-file.ts';
import { newId } from './ids.ts';
import { readManifest } from './manifest.ts';
import { PackWriter } from './pack-file.ts';
import { type Pack, Pieces, packsFolder, withPacks } from './packs.ts';
import { takeFile } from './private-files.ts';
import { isLeased, leasesOf } from './read-leases.ts';
import type { Entry, Located, Repository } from './repository.ts';
import { isOpen, readSession, WRITING, withDrafts } from './session-file.ts';

/** A pack of which less than this is needed is rewritten. */
const LEAST_SHARE = 0.5;
/** A file that says that checkpoints have gone, and what they alone needed has not. */
const UNSWEPT = 'unswept';

/**
 * Remove the packs that nobody needs, and rewrite what is needed of those that are mostly dead. At each moment
 * every piece is in some pack. What a restored session has inherited stays until it has saved. Where something is being written nothing is done: the writer counts on what is there.
 */
export async function collectGarbage(repository: Repository, place: Located): Promise<void> {
  if (isLeased(place)) {
    return;
  }
  await removeAll(place, leasesOf(place));
  const [entries, session] = [await repository.entries(place), await readSession(place.path)];
  if (!isOpen(session)) {
    if (entries.length === 0) {
      await rm(place.path, { recursive: true, force: true });
      return;
    }
    await clearWriting(place);
  }
  const isWaiting = entries.length === 0 && session?.from != null;
  // Nobody knows what a root needs that cannot be read.
  if (isWaiting || isBeingWritten(place) || entries.some(({ root }) => root === null)) {
    return;
  }
  await withPacks(place.path, async (packs, pieces) => {
    const needed = await neededBy(entries, pieces);
    if (needed) {
      await sweepPacks(place, packs, needed);
      await rm(join(place.path, UNSWEPT), { force: true });
    }
  });
}

/** Whether a writer is at work in a session, or died at it. */
export function isBeingWritten({ path }: Located): boolean {
  return readdirSync(path).some((name) => name.startsWith(WRITING));
}

/** Remove what writers have left; none may be at work. */
export async function clearWriting(place: Located): Promise<void> {
  const left = (await readdir(place.path)).filter((name) => name.startsWith(WRITING));
  await removeAll(place, left);
}

async function removeAll({ path }: Located, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await rm(join(path, name), { recursive: true, force: true });
  }
}

/** Remove roots permanently, before anything that they need; a sweep has to follow, now or by whoever comes next. */
export async function removeRoots(place: Located, entries: readonly Entry[]): Promise<void> {
  if (!hasMark(place)) {
    await (await createFile(join(place.path, UNSWEPT))).close();
  }
  for (const { file } of entries) {
    await rm(file, { force: true });
  }
  await syncFolder(place.path);
}

/** Whether there is something in a session to give back. */
export function isUnswept(place: Located): boolean {
  return hasMark(place) || leasesOf(place).length > 0;
}

function hasMark({ path }: Located): boolean {
  return readdirSync(path).includes(UNSWEPT);
}

/** The hashes that these checkpoints need; `null` where a manifest cannot be read. */
export async function neededBy(
  entries: readonly Pick<Entry, 'root'>[],
  pieces: Pieces,
): Promise<Set<string> | null> {
  const needed = new Set<string>();
  for (const { root } of entries) {
    if (!root) {
      return null;
    }
    try {
      const manifest = await readManifest(pieces, root);
      for (const { hash } of [...root.manifest, ...manifest.pieces]) {
        needed.add(hash);
      }
    } catch {
      // A damaged checkpoint keeps what is there: some of it may be of use to a person.
      return null;
    }
  }
  return needed;
}

async function sweepPacks(
  place: Located,
  packs: readonly Pack[],
  needed: ReadonlySet<string>,
): Promise<void> {
  const living = livingIn(packs, needed);
  const dead = living.filter(({ pieces }) => pieces.length === 0);
  const sparse = living.filter((each) => each.pieces.length > 0 && isSparse(each));
  const isReplaced = sparse.length > 0 && (await writeAnew(place, sparse, new Pieces(packs)));
  removeUnlessWritten(place, [...dead, ...(isReplaced ? sparse : [])]);
}

/**
 * Drop the pieces of packs that are not what they were: what is saved next does not count on them then. Nothing is
 * done while somebody reads or writes there.
 */
export async function dropDamaged(place: Located): Promise<void> {
  if (isLeased(place) || isBeingWritten(place)) {
    return;
  }
  await withPacks(place.path, async (packs) => {
    for (const pack of packs.filter(({ problem }) => problem === null)) {
      const pieces = await wholeIn(pack);
      if (pieces.length < pack.index.pieces.length) {
        const living = [{ pack, pieces }];
        const isReplaced = pieces.length === 0 || (await writeAnew(place, living, new Pieces([pack])));
        removeUnlessWritten(place, isReplaced ? living : []);
      }
    }
  });
}

async function wholeIn(pack: Pack): Promise<Piece[]> {
  const whole: Piece[] = [];
  let index = 0;
  for await (const data of new Pieces([pack]).each(pack.index.pieces)) {
    if (data) {
      whole.push(pack.index.pieces[index] as Piece);
    }
    index += 1;
  }
  return whole;
}

interface Living {
  pack: Pack;
  /** The pieces that are needed of it. */
  pieces: Piece[];
}

/** What is needed of each pack; what two have is taken from the newer one, which was written to replace the other. */
function livingIn(packs: readonly Pack[], needed: ReadonlySet<string>): Living[] {
  const seen = new Set<string>();
  const usable = packs.filter(({ problem }) => problem === null).reverse();
  return usable.map((pack) => {
    const pieces = pack.index.pieces.filter(({ hash }) => needed.has(hash) && !seen.has(hash));
    for (const { hash } of pieces) {
      seen.add(hash);
    }
    return { pack, pieces };
  });
}

/** To rewrite what another session has too would take space, not give it back. */
function isSparse({ pack, pieces }: Living): boolean {
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
  return size < pack.size * LEAST_SHARE && pack.links === 1;
}

/** Write what is needed of some packs into a new one; false where some of it is damaged, and all stays as it is. */
async function writeAnew(place: Located, sparse: readonly Living[], pieces: Pieces): Promise<boolean> {
  const name = `${newId()}.pack`;
  return withDrafts(place.path, async (drafts) => {
    const draft = join(drafts, name);
    const writer = await PackWriter.create(draft);
    try {
      for (const piece of sparse.flatMap((each) => each.pieces)) {
        await writer.add(piece.hash, await pieces.read(piece));
      }
      await writer.finish();
    } catch {
      // Nothing is lost but the room: a disk that is too full for it is told of at the next save.
      await writer.abandon();
      return false;
    }
    await takeFile(draft, join(packsFolder(place.path), name));
    return true;
  });
}

/** In one go: a writer that begins looks at the packs only after its folder has been made. */
function removeUnlessWritten(place: Located, living: readonly Living[]): void {
  if (!isBeingWritten(place)) {
    for (const { pack } of living) {
      rmSync(pack.file, { force: true });
    }
  }
}
