/** The session that another one was restored from: what is taken over from it, and what becomes of it. */

import { link, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Piece } from '../../contract/messages.ts';
import { neededBy } from './garbage-collection.ts';
import { packsFolder, withPacks } from './packs.ts';
import { isCode, syncFolder } from './private-files.ts';
import type { Entry, Place, Shelf } from './repository.ts';
import { isOpen, readSession } from './session-file.ts';
import { changeSession } from './session-folders.ts';

/** A checkpoint that is made does not wait for longer until its origin can be changed. */
const PATIENCE_MS = 2000;

/** What a file system says that cannot link files. */
const NO_LINKS = ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

export class Origin {
  readonly #shelf: Shelf;
  /** The session that was restored. */
  readonly #place: Place;
  /** The newest checkpoint of the origin, when this one was restored from it. */
  #newest = '';
  /** The pieces of the manifest of the checkpoint that was restored. */
  manifest: Piece[] | null = null;

  constructor(shelf: Shelf, place: Place) {
    this.#shelf = shelf;
    this.#place = place;
  }

  /** Link the packs that a checkpoint of another session needs, so that what has not changed need not be written. */
  async inherit(entry: Entry): Promise<void> {
    this.manifest = entry.root?.manifest ?? null;
    this.#newest = (await this.#shelf.entries(entry.session)).at(-1)?.id ?? '';
    await this.#shelf.lock.hold(async () => {
      await changeSession(this.#place, { from: entry.id });
      await this.#linkPacks(entry);
    });
  }

  /** It is gone on with for good: now there is something newer to offer. */
  async settle(): Promise<void> {
    try {
      const from = (await readSession(this.#place.path))?.from;
      const session = from ? (await this.#shelf.entry(from)).session : this.#place;
      if (session.id !== this.#place.id && (await this.#isOver(session))) {
        await this.#shelf.lock.hold(
          () => changeSession(session, { settled: 'continued', heir: null }),
          PATIENCE_MS,
        );
      }
    } catch {
      // The checkpoint is made; the origin may have been deleted, or the next one will do it.
    }
  }

  /** Whether it has made nothing since; else it is to be offered too. */
  async #isOver(session: Place): Promise<boolean> {
    const [record, entries] = [await this.#shelf.session(session), await this.#shelf.entries(session)];
    return record?.settled === null && !isOpen(record) && (entries.at(-1)?.id ?? '') <= this.#newest;
  }

  async #linkPacks({ session, root }: Entry): Promise<void> {
    const own = packsFolder(this.#place.path);
    const there = new Set(await readdir(own));
    await withPacks(session.path, async (packs, pieces) => {
      const needed = await neededBy([{ root }], pieces);
      const useful = packs.filter(({ index }) => index.pieces.some(({ hash }) => needed?.has(hash)));
      try {
        for (const { file } of useful.filter((pack) => !there.has(basename(pack.file)))) {
          await link(file, join(own, basename(file)));
        }
      } catch (error) {
        // Then the next checkpoint writes it anew.
        if (!isCode(error, ...NO_LINKS)) {
          throw error;
        }
      }
      await syncFolder(own);
    });
  }
}
