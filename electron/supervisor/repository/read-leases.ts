/** Sessions of which a checkpoint is being loaded: until that is over they stay as they are on the disk. */

import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, nameOf, ownerOf, thisProcess } from '../platform/process-identity.ts';
import { createFile } from '../platform/replace-file.ts';
import type { Lock } from './lock.ts';
import { isCode } from './private-files.ts';
import type { Located } from './repository.ts';

/** How the files begin that say who loads; one of a process that has died says nothing. */
const READING = 'reading-';

export class ReadLeases {
  readonly #lock: Lock;
  readonly #files = new Map<string, string[]>();

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  /** Nobody changes what is in the session until it is released, or this process ends. */
  async take({ id, path }: Located): Promise<void> {
    const file = join(path, `${READING}${nameOf(thisProcess())}`);
    try {
      await this.#lock.hold(async () => (await createFile(file)).close());
    } catch (error) {
      // On a disk that is read-only nobody else changes it either; on one that is full there is no other way.
      if (isCode(error, 'EROFS', 'EACCES', 'ENOSPC', 'EDQUOT')) {
        return;
      }
      throw error;
    }
    this.#files.set(id, [...(this.#files.get(id) ?? []), file]);
  }

  /** One of those who load from the session has done so. */
  async release(session: string): Promise<void> {
    const [file, ...others] = this.#files.get(session) ?? [];
    if (others.length > 0) {
      this.#files.set(session, others);
    } else {
      this.#files.delete(session);
    }
    if (file !== undefined) {
      await rm(file, { force: true });
    }
  }
}

/** What is said of those who load from a session, by the living and the dead. */
export function leasesOf({ path }: Located): string[] {
  return readdirSync(path).filter((name) => name.startsWith(READING));
}

export function isLeased(place: Located): boolean {
  return leasesOf(place).some((name) => isAlive(ownerOf(name.slice(READING.length))));
}
