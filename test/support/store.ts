/** A store in a home of its own, for a test. */

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Checkpoint } from '../../electron/contract/checkpoints.ts';
import {
  openStore,
  type SessionFolder,
  type Store,
  type StoreOptions,
} from '../../electron/supervisor/store/store.ts';
import { ABOUT, type Work, write } from './writer.ts';

export const LARGE = 2 ** 40;

/** A folder that goes when the test ends. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => {
    chmodSync(home, 0o700);
    rmSync(home, { recursive: true, force: true });
  });
  return home;
}

export function storeIn(home: string, options: Partial<StoreOptions> = {}): Store {
  return openStore({ home, budget: LARGE, foreign: 'ask', ...options });
}

export function openIn(store: Store): Promise<SessionFolder> {
  return store.openSession({ folder: '/project', python: '/usr/bin/python3' });
}

let saves = 0;

/** Save these values as a writer would; the name is `null` for an automatic checkpoint. */
export function save(
  session: SessionFolder,
  values: Work['values'],
  name: string | null = null,
  more: Partial<Work> = {},
): Promise<Checkpoint> {
  saves += 1;
  return session.commit(write(session.path, { id: saves, values, ...more }), { ...ABOUT, name });
}

export function noise(bytes: number): Buffer {
  return randomBytes(bytes);
}

/** What is said of a checkpoint that was not signed here. */
export const FOREIGN = 'Its signature is not this installation’s: it was made elsewhere, or changed since.';

/** A store with one session, which has one checkpoint. */
export async function oneCheckpoint(bytes = 3000) {
  const home = newHome();
  const session = await openIn(storeIn(home));
  const values = { x: 'one', data: noise(bytes) };
  const checkpoint = await save(session, values, 'mine', { parts: { runs: '[]' } });
  const root = join(session.path, `${checkpoint.id}.checkpoint`);
  const pack = join(session.path, 'packs', `${checkpoint.id}.pack`);
  const sound = await storeIn(home).inspect(checkpoint.id);
  return { home, session, checkpoint, root, pack, sound };
}
