/** The library `pyrepl3`: sessions and saved sessions for other programs, in Node and without Electron. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export * from '../contract/checkpoints.ts';
export type { Changes, Ready } from '../contract/messages.ts';
export { type Code, CodedError } from '../supervisor/platform/errors.ts';
export { findInterpreter } from '../supervisor/platform/interpreter.ts';
export { readSettings, type Settings } from '../supervisor/platform/settings.ts';
export { openPool, Pool, type PoolOptions } from '../supervisor/pool.ts';
export * from '../supervisor/session.ts';
export { openStore, Store, type StoreOptions, Untrusted } from '../supervisor/store/store.ts';
export { openUsersStore } from '../supervisor/store/users-store.ts';

/** The bundle and this source alike lie two folders below it. */
const PACKAGE = join(import.meta.dirname, '..', '..');

/**
 * Build the native part, which copies a session with its threads and open files, unless it is there; it takes a C
 * compiler, and 2 seconds. Resolves with why there is none, in a sentence, or with `null`: sessions that are opened
 * from then on have it. Without it they are opened too, and can undo less.
 */
export async function buildNativePart(): Promise<string | null> {
  const { href } = pathToFileURL(join(PACKAGE, 'build', 'setup', 'native.mjs'));
  const { buildHere }: { buildHere: () => Promise<string | null> } = await import(href);
  return buildHere();
}
