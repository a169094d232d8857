/** The session that another one was restored from: what is taken over from it, and what becomes of it. */

import { link, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Piece } from '../../contract/messages.ts';
import { syncFolder } from '../platform/replace-file.ts';
import { neededBy } from './garbage-collection.ts';
import { packsFolder, withPacks } from './packs.ts';
import { isCode } from './private-files.ts';
import type { Entry, Located, Repository } from './repository.ts';
import { isOpen, readSession } from './session-file.ts';
import { changeSession } from './session-folders.ts';

/** A checkpoint that is made does not wait for longer until its origin can be changed. */
const PATIENCE_MS = 2000;

/** What a file system says that cannot link files. */
const NO_LINKS = ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

export class ParentSession {
  readonly #repository: Repository;
  /** The session that was restored. */
  readonly #place: Located;
  /** The newest checkpoint of the origin, when this one was restored from it. */
  #newest = '';
  /** The pieces of the manifest of the checkpoint that was restored. */
  manifest: Piece[] | null = null;

  constructor(repository: Repository, place: Located) {
    this.#repository = repository;
    this.#place = place;
  }

  /** Link the packs that a checkpoint of another session needs, so that what has not changed need not be written. */
  async inherit(entry: Entry): Promise<void> {
    this.manifest = entry.root?.manifest ?? null;
    this.#newest = (await this.#repository.entries(entry.session)).at(-1)?.id ?? '';
    await this.#repository.lock.hold(async () => {
      await changeSession(this.#place, { from: entry.id });
      await this.#linkPacks(entry);
    });
  }

  /** The restored session has saved: there is something newer to offer now. */
  async settle(): Promise<void> {
    try {
      const from = (await readSession(this.#place.path))?.from;
      const session = from ? (await this.#repository.entry(from)).session : this.#place;
      if (session.id !== this.#place.id && (await this.#isOver(session))) {
        await this.#repository.lock.hold(
          () => changeSession(session, { settled: 'continued', heir: null }),
          PATIENCE_MS,
        );
      }
    } catch {
      // The checkpoint is made; the origin may have been deleted, or the next one will do it.
    }
  }

  /** Whether it has made nothing since; else it is to be offered too. */
  async #isOver(session: Located): Promise<boolean> {
    const [record, entries] = [
      await this.#repository.session(session),
      await this.#repository.entries(session),
    ];
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
        // Then the next checkpoint rewrites it.
        if (!isCode(error, ...NO_LINKS)) {
          throw error;
        }
      }
      await syncFolder(own);
    });
  }
}
