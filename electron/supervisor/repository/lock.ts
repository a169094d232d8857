/**
 * One process at a time changes what is in the store. The lock is a folder with one file in it, whose name says whose
 * it is: a folder can be renamed onto an empty one only, and to take away a dead owner's file harms no other owner.
 */

import { mkdir, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError } from '../platform/errors.ts';
import {
  isAlive,
  isOurs,
  nameOf,
  type Owner,
  ownerOf,
  thisProcess,
  wordsFor,
} from '../platform/process-identity.ts';
import { createFile } from '../platform/replace-file.ts';
import { isCode } from './private-files.ts';

/** Whoever works at the store for longer than this is at something large; others say so. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 10;

export class Lock {
  readonly #path: string;

  /** Nothing is there until somebody holds it; the folder around it must exist by then. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Do something while nobody else does; throws where another process is at it for longer than the patience. */
  async hold<Result>(work: () => Promise<Result>, patience = PATIENCE_MS): Promise<Result> {
    const name = nameOf(thisProcess());
    await this.#take(name, performance.now() + patience);
    try {
      return await work();
    } finally {
      // What came of the work counts, also where somebody has taken the lock away by hand.
      await unlink(join(this.#path, name)).catch((error) => ignore(error, 'ENOENT'));
      await rmdir(this.#path).catch((error) => ignore(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST'));
    }
  }

  async #take(name: string, deadline: number): Promise<void> {
    const draft = `${this.#path}-${name}`;
    await mkdir(draft, { mode: 0o700 });
    try {
      await (await createFile(join(draft, name))).close();
      while (!(await this.#isTaken(draft))) {
        await this.#wait(deadline);
      }
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    await this.#tidy();
  }

  async #isTaken(draft: string): Promise<boolean> {
    try {
      await rename(draft, this.#path);
      return true;
    } catch (error) {
      // Windows says EPERM of any folder that is there.
      ignore(error, 'ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM'] : []));
      return false;
    }
  }

  /** Take away the file of an owner that has died, else wait a moment. */
  async #wait(deadline: number): Promise<void> {
    const names = await readdir(this.#path).catch((error) => ignore(error, 'ENOENT') ?? []);
    const dead = names.filter((name) => !isAlive(ownerOf(name)));
    if (dead.length > 0) {
      await Promise.all(dead.map((name) => rm(join(this.#path, name), { force: true })));
      return;
    }
    if (performance.now() > deadline) {
      throw new CodedError('BUSY', this.#whyBusy(ownerOf(names[0] ?? '')));
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }

  #whyBusy(owner: Owner): string {
    const words = `Another PyREPL3 (${wordsFor(owner)}) is changing the saved sessions; try again`;
    return isOurs(owner) ? `${words}.` : `${words}, or remove ${this.#path} where it is not there any more.`;
  }

  /** Remove what processes have left that died while they waited. */
  async #tidy(): Promise<void> {
    const prefix = `${basename(this.#path)}-`;
    const names = await readdir(dirname(this.#path));
    const left = names.filter(
      (name) => name.startsWith(prefix) && !isAlive(ownerOf(name.slice(prefix.length))),
    );
    for (const name of left) {
      await rm(join(dirname(this.#path), name), { recursive: true, force: true });
    }
  }
}

function ignore(error: unknown, ...codes: string[]): undefined {
  if (!isCode(error, ...codes)) {
    throw error;
  }
}
