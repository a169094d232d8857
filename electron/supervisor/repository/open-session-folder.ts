/** The folder of a session that is open here: it takes what a writer has made, and gives it a root. */

import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Checkpoint } from '../../contract/checkpoints.ts';
import type { Piece, Saved } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import { thisProcess } from '../platform/process-identity.ts';
import { replaceFile } from '../platform/replace-file.ts';
import { clearWriting, collectGarbage, dropDamaged } from './garbage-collection.ts';
import { newId } from './ids.ts';
import { readManifest } from './manifest.ts';
import { packsFolder, withPacks } from './packs.ts';
import { ParentSession } from './parent-session.ts';
import { clauseOf, ensureFolder, takeFile } from './private-files.ts';
import { type Entry, type Located, type Repository, rootPlace } from './repository.ts';
import { signRoot } from './roots.ts';
import { readSession, type SessionRecord, WRITING } from './session-file.ts';
import { changeSession } from './session-folders.ts';
import { giveSigns } from './signs-of-life.ts';

/** What the supervisor knows of a checkpoint, and its writer does not. */
export type About = Pick<Checkpoint, 'name' | 'run' | 'lastRuns' | 'python' | 'platform' | 'folder'>;

interface Parts {
  repository: Repository;
  place: Located;
  /** What is said of the session. */
  known: Pick<SessionRecord, 'folder' | 'python'>;
  /** Evict what is too old or too much. */
  thin: () => Promise<void>;
  changed: () => void;
}

export const ROOM_ADVICE = 'Free some space, or delete checkpoints, and save again.';
const ADVICE: Record<string, string> = {
  ENOSPC: ROOM_ADVICE,
  EDQUOT: ROOM_ADVICE,
  EROFS: 'Make it writable, and save again.',
  EACCES: 'Make it writable, and save again.',
  EPERM: 'Make it writable, and save again.',
};

export class SessionFolder {
  readonly id: string;
  readonly path: string;
  readonly #parts: Parts;
  readonly #parent: ParentSession;
  readonly #stopSigns: () => void;

  constructor(parts: Parts) {
    this.id = parts.place.id;
    this.path = parts.place.path;
    this.#parts = parts;
    this.#parent = new ParentSession(parts.repository, parts.place);
    this.#stopSigns = giveSigns(parts.repository, parts.place);
  }

  /**
   * The pieces of the manifest of the newest checkpoint, or of the one that the session was restored from; `null` where
   * there is neither.
   */
  async previous(): Promise<Piece[] | null> {
    return (await this.#newest())?.root?.manifest ?? this.#parent.manifest;
  }

  /**
   * Make the folder in which a writer puts what it makes, and recreate what has gone of all that is around it. Throws an
   * Error with words where that cannot be done.
   */
  async begin(writer: number): Promise<string> {
    const { repository } = this.#parts;
    const writing = writingFolder(this.path, writer);
    try {
      await repository.prepare();
      if (!(await readSession(this.path))) {
        await repository.lock.hold(() => this.#makeAnew());
      }
      await this.#ensureFolders(writing);
      return writing;
    } catch (error) {
      throw unwritable(error, this.path);
    }
  }

  /**
   * Make a checkpoint of what a writer has brought to the disk. Throws an Error with words where that cannot be done;
   * nothing is left behind then, and the checkpoints before are as they were.
   */
  async commit(saved: Saved, about: About): Promise<Checkpoint> {
    const writing = writingFolder(this.path, saved.id);
    let checkpoint: Checkpoint;
    try {
      checkpoint = await this.#write(saved, about, writing);
    } catch (error) {
      throw unwritable(error, this.path);
    } finally {
      // Where even that is refused, the error above says so, or the next cleaning does it.
      await rm(writing, { recursive: true, force: true }).catch(() => undefined);
    }
    await this.#parent.settle();
    await this.#parts.thin();
    this.#parts.changed();
    return checkpoint;
  }

  /** Link the packs that a checkpoint of another session needs, so that what has not changed need not be written. */
  async inherit(checkpoint: string): Promise<void> {
    const { repository } = this.#parts;
    // Where it was deleted meanwhile nothing is inherited.
    const entry = await repository.entry(checkpoint).catch(() => null);
    if (entry && entry.session.id !== this.id) {
      await this.#change(() => this.#parent.inherit(entry));
    }
  }

  /** Drop data that is damaged: what is saved next is whole. */
  async dropDamaged(): Promise<void> {
    const { repository, place } = this.#parts;
    await this.#change(() => repository.lock.hold(() => dropDamaged(place)));
  }

  /** Remove what writers have left, and packs that nobody needs. No writer of this session may be at work. */
  async clear(): Promise<void> {
    const { repository, place } = this.#parts;
    const clean = async () => {
      await clearWriting(place);
      await collectGarbage(repository, place);
    };
    await this.#change(() => repository.lock.hold(clean));
  }

  /** The user quits: what is here is not one that was cut off. A session without a checkpoint leaves nothing. */
  async close(_how: 'quit'): Promise<void> {
    const { repository, place, changed } = this.#parts;
    this.#stopSigns();
    const note = async () => {
      await changeSession(place, { closed: Date.now() });
      if (!(await this.#newest())) {
        await collectGarbage(repository, place);
      }
    };
    await this.#change(() => repository.lock.hold(note));
    changed();
  }

  /** Say in words what the system does not do. */
  async #change(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isOfTheSystem = (error as NodeJS.ErrnoException).errno !== undefined;
      const words = `The saved session in ${this.path} cannot be changed: ${clauseOf(error)}.`;
      throw isOfTheSystem ? new CodedError('STORE', words, { cause: error }) : error;
    }
  }

  /** It has gone, or what is said of it is damaged. */
  async #makeAnew(): Promise<void> {
    const { place, known } = this.#parts;
    await this.#ensureFolders();
    await changeSession(place, { ...known, ...thisProcess() });
  }

  async #ensureFolders(...more: string[]): Promise<void> {
    for (const folder of [this.path, packsFolder(this.path), ...more]) {
      await ensureFolder(folder);
    }
  }

  async #newest(): Promise<Entry | undefined> {
    return (await this.#parts.repository.entries(this.#parts.place)).at(-1);
  }

  async #write(saved: Saved, about: About, writing: string): Promise<Checkpoint> {
    const { repository, place } = this.#parts;
    await this.#ensureFolders(writing);
    const previous = (await this.#newest())?.id ?? null;
    const id = newId(await repository.newestId());
    const { file } = rootPlace(id, place);
    const pack = join(packsFolder(this.path), `${id}.pack`);
    const { size, added, counts, changes } = saved;
    const known = { id, session: this.id, previous, at: Date.now(), ...about };
    const checkpoint = { ...known, counts, changes, size, added };
    try {
      if (saved.pack !== null) {
        await takeFile(join(writing, basename(saved.pack)), pack);
      }
      await this.#check(saved.manifest);
      const text = await signRoot(checkpoint, saved.manifest, repository.key);
      await replaceFile(file, text, join(writing, 'root'));
    } catch (error) {
      await rm(file, { force: true }).catch(() => undefined);
      await rm(pack, { force: true }).catch(() => undefined);
      throw error;
    }
    return checkpoint;
  }

  /** A root is only written where all is there that it needs. */
  async #check(listed: readonly Piece[]): Promise<void> {
    await withPacks(this.path, async (_, pieces) => {
      const manifest = await readManifest(pieces, { manifest: listed, isOurs: true });
      const missing = manifest.pieces.filter((piece) => !pieces.has(piece)).length;
      if (missing > 0) {
        throw new Error(`${missing} pieces of its data are missing`);
      }
    });
  }
}

/** Where a writer puts what it makes. */
function writingFolder(session: string, writer: number): string {
  return join(session, `${WRITING}${writer}`);
}

/** Say why a checkpoint could not be written to a session's folder. */
export function unwritable(error: unknown, path: string): Error {
  const advice = ADVICE[(error as NodeJS.ErrnoException).code ?? ''] ?? 'Save again.';
  const clause = clauseOf(error).replace(/\.$/, '');
  return new CodedError('STORE', `The checkpoint could not be written to ${path}: ${clause}. ${advice}`, {
    cause: error,
  });
}
