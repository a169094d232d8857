/** This installation's key: what is signed with it was made here. */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { CodedError } from '../platform/errors.ts';
import { replaceFile } from '../platform/replace-file.ts';
import type { Lock } from './lock.ts';
import { isCode, readWhole } from './private-files.ts';

const KEY_BYTES = 32;

export class Key {
  readonly #file: string;
  readonly #lock: Lock;
  #bytes: Buffer | null = null;

  constructor(file: string, lock: Lock) {
    this.#file = file;
    this.#lock = lock;
  }

  /** See that there is one, now: whoever starts next has only the file. Call it while the lock is not held. */
  async prepare(): Promise<void> {
    this.#bytes = (await readKey(this.#file)) ?? (await this.#lock.hold(() => this.#make()));
  }

  /** Sign a text; throws where no key has been prepared. */
  async sign(text: string): Promise<string> {
    const bytes = await this.#read();
    if (!bytes) {
      throw new CodedError('STORE', `The key ${this.#file} has gone; save again, and there is another.`);
    }
    return hmac(bytes, text).toString('hex');
  }

  /** Whether a text was signed here; nothing was where there is no key. */
  async isOurs(text: string, signature: string): Promise<boolean> {
    const bytes = await this.#read();
    const given = Buffer.from(signature, 'hex');
    return bytes !== null && given.length === KEY_BYTES && timingSafeEqual(hmac(bytes, text), given);
  }

  async #read(): Promise<Buffer | null> {
    this.#bytes ??= await readKey(this.#file);
    return this.#bytes;
  }

  /** Another process may have been faster. One that has gone while we knew it is put back. */
  async #make(): Promise<Buffer> {
    const found = await readKey(this.#file);
    if (found) {
      return found;
    }
    const bytes = this.#bytes ?? randomBytes(KEY_BYTES);
    // Whoever holds the lock is the only one to write it: a draft that is there was left by a crash.
    const draft = `${this.#file}.new`;
    await rm(draft, { force: true });
    await replaceFile(this.#file, bytes, draft);
    return bytes;
  }
}

async function readKey(file: string): Promise<Buffer | null> {
  let found: Buffer;
  try {
    found = await readWhole(file, Number.MAX_SAFE_INTEGER);
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return null;
    }
    throw error;
  }
  if (found.length !== KEY_BYTES) {
    throw new CodedError(
      'STORE',
      `The key ${file} is damaged: it has ${found.length} bytes, not ${KEY_BYTES}. Put it back from a backup, or ` +
        'remove it; what was saved so far then counts as made elsewhere.',
    );
  }
  return found;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
