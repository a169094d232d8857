/** The folder of all saved sessions: where each session and each checkpoint is, whoever made it. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Damaged } from '../../contract/checkpoints.ts';
import { CodedError } from '../platform/errors.ts';
import { isId, timeOf } from './ids.ts';
import { Key } from './key.ts';
import { Lock } from './lock.ts';
import { checkFolder, clauseOf, ensureFolder, isCode, readWhole } from './private-files.ts';
import { parseRoot, type Root } from './roots.ts';
import { readSession, type SessionRecord } from './session-file.ts';

/** A session's folder. */
export interface Located {
  id: string;
  path: string;
}

/** A checkpoint's root, as it was found. */
export interface Entry {
  id: string;
  session: Located;
  file: string;
  /** `null` where it cannot be used. */
  root: Root | null;
  /** Why not, a sentence. */
  reason: string | null;
}

export const ROOT_ENDING = '.checkpoint';
const MAX_ROOT_BYTES = 64 * 2 ** 20;

export class Repository {
  readonly folder: string;
  readonly lock: Lock;
  readonly key: Key;

  constructor(home: string) {
    this.folder = join(home, 'checkpoints');
    this.lock = new Lock(join(this.folder, 'lock'));
    this.key = new Key(join(home, 'key'), this.lock);
  }

  /** Make what is missing, and see that nothing is a link. */
  async prepare(): Promise<void> {
    await ensureFolder(this.folder);
    await this.key.prepare();
  }

  /** The sessions' folders, in the order of their beginning; no link is one, nor a file. */
  async places(): Promise<Located[]> {
    return (await this.#named()).filter(({ isFolder }) => isFolder);
  }

  /** The folder of a session; throws where there is none. */
  async place(id: string): Promise<Located> {
    const found = (await this.places()).find((place) => place.id === id);
    if (!found) {
      throw new CodedError('NOT_FOUND', `There is no saved session ${id}; it may have been deleted.`);
    }
    return found;
  }

  /** What is said of a session. */
  session({ path }: Located): Promise<SessionRecord | null> {
    return readSession(path);
  }

  /** The checkpoints of a session, the oldest first; a folder that cannot be read is told as one that is damaged. */
  async entries(session: Located): Promise<Entry[]> {
    try {
      await checkFolder(session.path);
      const ids = await rootIds(session);
      const entries = await Promise.all(ids.map((id) => this.#entry(id, session)));
      return entries.filter((entry) => entry !== null);
    } catch (error) {
      if (isCode(error, 'ENOENT')) {
        return [];
      }
      return [{ ...rootPlace(session.id, session), root: null, reason: sentence(clauseOf(error)) }];
    }
  }

  /** Whether there is no checkpoint in a session, whether or not it could be used. */
  async isEmpty(place: Located): Promise<boolean> {
    return (await rootIds(place).catch((error) => noneThere(error, place.path))).length === 0;
  }

  /** All checkpoints, the oldest first: an id tells the order, whatever the clock said. */
  async all(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const place of await this.#named()) {
      entries.push(...(await this.entries(place)));
    }
    return entries.sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** The checkpoint with this id; throws where there is none. */
  async entry(id: string): Promise<Entry> {
    for (const place of isId(id) ? await this.#named() : []) {
      const entry = await this.#entry(id, place);
      if (entry) {
        return entry;
      }
    }
    throw new CodedError('NOT_FOUND', `There is no checkpoint ${id}; it may have been removed.`);
  }

  /** The greatest id of all checkpoints; `null` where there are none. */
  async newestId(): Promise<string | null> {
    const ids: string[] = [];
    for (const place of await this.places()) {
      ids.push(...(await rootIds(place).catch(() => [])).slice(-1));
    }
    return ids.sort().at(-1) ?? null;
  }

  /** What is called as a session's folder is, whatever it is. */
  async #named(): Promise<(Located & { isFolder: boolean })[]> {
    const found = await readdir(this.folder, { withFileTypes: true }).catch((error) => {
      return noneThere(error, this.folder);
    });
    if (found.length > 0) {
      await checkFolder(this.folder);
    }
    return found
      .filter(({ name }) => isId(name))
      .map((each) => ({ id: each.name, path: join(this.folder, each.name), isFolder: each.isDirectory() }))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** `null` where there is no such file, or none any more. */
  async #entry(id: string, session: Located): Promise<Entry | null> {
    const place = rootPlace(id, session);
    try {
      await checkFolder(session.path);
      const text = (await readWhole(place.file, MAX_ROOT_BYTES)).toString();
      const root = await parseRoot(text, this.key);
      const { checkpoint } = root;
      if (checkpoint.id !== id || checkpoint.session !== session.id) {
        throw new Error(`it is the root of another checkpoint (${checkpoint.id} of ${checkpoint.session})`);
      }
      return { ...place, root, reason: null };
    } catch (error) {
      return isCode(error, 'ENOENT') ? null : { ...place, root: null, reason: sentence(clauseOf(error)) };
    }
  }
}

export function rootPlace(id: string, session: Located): { id: string; session: Located; file: string } {
  return { id, session, file: join(session.path, `${id}${ROOT_ENDING}`) };
}

export function damaged({ id, session }: Entry, reason: string): Damaged {
  return { id, session: session.id, at: timeOf(id), reason };
}

/** A clause as a sentence of its own. */
export function sentence(clause: string): string {
  const text = `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
  return text.endsWith('.') ? text : `${text}.`;
}

/** The ids of a session's checkpoints, in order. */
async function rootIds({ path }: Located): Promise<string[]> {
  const names = await readdir(path);
  return names
    .filter((name) => name.endsWith(ROOT_ENDING))
    .map((name) => name.slice(0, -ROOT_ENDING.length))
    .filter(isId)
    .sort();
}

function noneThere(error: unknown, folder: string): [] {
  if (isCode(error, 'ENOENT')) {
    return [];
  }
  throw new CodedError('STORE', `The saved sessions in ${folder} cannot be read: ${clauseOf(error)}.`, {
    cause: error,
  });
}
