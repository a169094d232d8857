/** All saved sessions of this user: what there is, and what can be done with it. */

import { join } from 'node:path';
import type {
  Checkpoint,
  Damaged,
  Difference,
  Extras,
  Inspection,
  Offer,
} from '../../contract/checkpoints.ts';
import type { Source } from '../../contract/messages.ts';
import { CodedError } from '../platform/errors.ts';
import { isSame, thisProcess, wordsFor } from '../platform/process-identity.ts';
import { replaceFile } from '../platform/replace-file.ts';
import { collectGarbage, removeRoots } from '../repository/garbage-collection.ts';
import type { Manifest } from '../repository/manifest.ts';
import { SessionFolder } from '../repository/open-session-folder.ts';
import { clauseOf } from '../repository/private-files.ts';
import { ReadLeases } from '../repository/read-leases.ts';
import { type Entry, Repository } from '../repository/repository.ts';
import { type Root, signRoot, Untrusted } from '../repository/roots.ts';
import { isOpen, withDrafts } from '../repository/session-file.ts';
import { changeSession, createSession } from '../repository/session-folders.ts';
import { compare } from './comparing.ts';
import { type Usage, usageOf } from './disk-budget.ts';
import { type Exported, exportTo, importFrom, withExported } from './exporting.ts';
import { extrasOf } from './extras.ts';
import { checkName, find, nameHere, type Wanted } from './finding.ts';
import { digestOf, inspect } from './inspecting.ts';
import { maintain, maintainAtStart } from './maintenance.ts';
import { leftBy, offersOf } from './offers.ts';
import { readable, readEntry, readPart, told } from './reading.ts';
import { Watching } from './watching.ts';

export { SessionFolder } from '../repository/open-session-folder.ts';
export { Untrusted } from '../repository/roots.ts';
export type { Wanted } from './finding.ts';

export interface StoreOptions {
  /** The folder of the user's data. */
  home: string;
  /** What all sessions together may take of the disk, in bytes. */
  budget: number;
  /** Whether a checkpoint that was not made here may be opened once the user has said so. */
  foreign: 'ask' | 'never';
  /** How many sessions that can be gone on with are offered; all by default. */
  offers?: number;
}

/** What the user says of a file that was not made here, and of which. */
interface Judgement {
  trust: boolean;
  digest?: string | null;
}

export function openStore(options: StoreOptions): Store {
  return new Store(options);
}

/** Every method throws an Error with words where it cannot do what it should. */
export class Store {
  readonly #repository: Repository;
  readonly #options: StoreOptions;
  readonly #watching: Watching;
  readonly #leases: ReadLeases;

  constructor(options: StoreOptions) {
    this.#repository = new Repository(options.home);
    this.#leases = new ReadLeases(this.#repository.lock);
    this.#options = options;
    this.#watching = new Watching(this.#repository.folder);
  }

  /** Make the folder of a session of this process. */
  async openSession(known: { folder: string; python: string; agent?: string }): Promise<SessionFolder> {
    const repository = this.#repository;
    const place = await this.#make(() => createSession(repository, known));
    await maintainAtStart(repository);
    return new SessionFolder({
      repository,
      place,
      known,
      thin: () => maintain(repository, this.#options.budget, place),
      changed: () => this.#watching.tell(),
    });
  }

  /** All checkpoints, the newest first; those that cannot be used with the reason. */
  async list(): Promise<(Checkpoint | Damaged)[]> {
    const entries = await this.#repository.all();
    return entries.reverse().map(told);
  }

  /**
   * Find by a user's words: a name, an id or the beginning of one, and none for the newest; or by an id, as programs do.
   * Throws where it cannot be used, or where it is not clear which is meant.
   */
  async find(wanted: Wanted): Promise<Checkpoint> {
    return this.#usable(await this.#wanted(wanted)).checkpoint;
  }

  /** The id of the checkpoint that is meant, whether or not it can be used. */
  async locate(wanted: Wanted): Promise<string> {
    return (await this.#wanted(wanted)).id;
  }

  /**
   * What Python needs to load it; throws `Untrusted` where it was not made here. Its session stays as it is on the disk
   * until it is released, once for each time, or this process ends.
   */
  async source(id: string): Promise<Source> {
    const entry = await this.#repository.entry(id);
    const { manifest } = this.#usable(entry);
    await this.#leases.take(entry.session);
    return { checkpoint: id, folder: entry.session.path, manifest, names: null };
  }

  /** A checkpoint of the session has been loaded, or is not loaded after all. */
  release(session: string): Promise<void> {
    return this.#leases.release(session);
  }

  manifest(id: string): Promise<Manifest> {
    return this.#read(id, async ({ manifest }) => manifest);
  }

  /** A part's bytes; `null` where the checkpoint has none of that kind. */
  part(id: string, kind: string): Promise<Buffer | null> {
    return this.#read(id, (found) => readPart(found, kind));
  }

  /** What it holds, also where it was not made here: nothing of it is loaded. */
  async inspect(id: string): Promise<Inspection> {
    const entry = await this.#repository.entry(id);
    return readEntry(entry, readable(entry), inspect);
  }

  /** What an exported checkpoint holds. */
  inspectFile(file: string): Promise<Inspection> {
    return withExported(file, this.#repository.key, inspect);
  }

  /** Which names differ, from one to the other. */
  async compare(one: string, other: string): Promise<Difference> {
    const [before, after] = [await this.manifest(one), await this.manifest(other)];
    return compare(before.names, after.names);
  }

  async rename(id: string, name: string | null): Promise<void> {
    const checked = name === null ? null : checkName(name);
    await this.#change(async () => {
      const entry = await this.#repository.entry(id);
      await this.#sign(entry, this.#usable(entry), checked);
    });
  }

  /** The user trusts a checkpoint in the store that was not made here: from now on it counts as made here. */
  async trust(id: string): Promise<void> {
    await this.#change(async () => {
      const entry = await this.#repository.entry(id);
      const root = readable(entry);
      this.#refuseForeign(root, true);
      await this.#sign(entry, root, nameHere(root.checkpoint.name));
    });
  }

  async remove(id: string): Promise<void> {
    await this.#change(async () => {
      const entry = await this.#repository.entry(id);
      const session = await this.#repository.session(entry.session);
      if (session && isOpen(session) && !isSame(session, thisProcess())) {
        throw new CodedError(
          'BUSY',
          `The session of checkpoint ${id} is open in another PyREPL3 (${wordsFor(session)}); delete it there.`,
        );
      }
      await removeRoots(entry.session, [entry]);
      await collectGarbage(this.#repository, entry.session);
    });
  }

  /** What a checkpoint has beside names and code. */
  extras(id: string): Promise<Extras> {
    return this.#read(id, async ({ manifest }) => extrasOf(manifest));
  }

  /** Write a checkpoint's names and code into one file, or all of it; resolves with what was left out. */
  async exportTo(id: string, file: string, { everything = false } = {}): Promise<Extras> {
    const { key } = this.#repository;
    const entry = await this.#repository.entry(id);
    return exportTo({ session: entry.session, root: this.#usable(entry), everything }, file, key);
  }

  /**
   * Take in an exported checkpoint; throws `Untrusted` where it was not made here and the user has not said yes: to the
   * very one whose `digest` an inspection has told.
   */
  async importFrom(file: string, { trust, digest = null }: Judgement): Promise<Checkpoint> {
    return withExported(file, this.#repository.key, (found) => {
      if (digest !== null && digest !== digestOf(found.root)) {
        throw new CodedError('UNUSABLE', `${file} was replaced since it was looked at: look into it again.`);
      }
      this.#refuseForeign(found.root, trust);
      return this.#make(() => importFrom(this.#repository, found));
    });
  }

  /** The sessions that may be gone on with, the newest first. */
  offers(): Promise<Offer[]> {
    return offersOf(this.#repository, this.#options.offers);
  }

  /** What an agent has left in a folder, by the name that it gave its session: the newest checkpoint; `null` for none. */
  leftBy(agent: string, folder: string): Promise<Checkpoint | null> {
    return leftBy(this.#repository, { agent, folder });
  }

  /** The user does not want to be offered a session again. */
  dismiss(session: string): Promise<void> {
    return this.#change(async () =>
      changeSession(await this.#repository.place(session), { settled: 'dismissed' }),
    );
  }

  /**
   * This process goes on with a session: it is not offered again, unless this ends before it has saved anything. One
   * that is open continues on its own too.
   */
  continued(session: string): Promise<void> {
    return this.#change(async () => {
      const place = await this.#repository.place(session);
      if (!isOpen(await this.#repository.session(place))) {
        await changeSession(place, { heir: thisProcess() });
      }
    });
  }

  /** How much of the disk is used, and whether that is more than it should be. */
  usage(): Promise<Usage> {
    return usageOf(this.#repository, this.#options.budget);
  }

  /** Call the listener after each change, of whichever process; return the function that ends it. */
  onChange(listener: () => void): () => void {
    return this.#watching.add(listener);
  }

  /** Change what is in the store, while nobody else does. */
  #change<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#make(() => this.#repository.lock.hold(work));
  }

  /** Add to the store, which harms nobody. */
  async #make<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      await this.#repository.prepare();
      this.#watching.watch();
      return await work();
    } catch (error) {
      const isOfTheSystem = (error as NodeJS.ErrnoException).errno !== undefined;
      const { folder } = this.#repository;
      throw isOfTheSystem
        ? new CodedError('STORE', `The saved sessions in ${folder} cannot be changed: ${clauseOf(error)}.`, {
            cause: error,
          })
        : error;
    } finally {
      this.#watching.tell();
    }
  }

  async #wanted(wanted: Wanted): Promise<Entry> {
    return typeof wanted === 'string'
      ? find(await this.#repository.all(), wanted)
      : this.#repository.entry(wanted.id);
  }

  #usable(entry: Entry): Root {
    const root = readable(entry);
    this.#refuseForeign(root, false);
    return root;
  }

  #refuseForeign({ isOurs }: Root, isTrusted: boolean): void {
    if (!isOurs && this.#options.foreign === 'never') {
      throw new CodedError(
        'UNTRUSTED',
        'This checkpoint was not made here, and such are never opened: settings.json has ' +
          '{"checkpoints": {"foreign": "never"}}.',
      );
    }
    if (!isOurs && !isTrusted) {
      throw new Untrusted();
    }
  }

  async #read<Result>(id: string, work: (found: Exported) => Promise<Result>): Promise<Result> {
    const entry = await this.#repository.entry(id);
    return readEntry(entry, this.#usable(entry), work);
  }

  async #sign({ session, file }: Entry, root: Root, name: string | null): Promise<void> {
    const text = await signRoot({ ...root.checkpoint, name }, root.manifest, this.#repository.key, root.body);
    await withDrafts(session.path, (drafts) => replaceFile(file, text, join(drafts, 'root')));
  }
}
