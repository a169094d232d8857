/** `session.json`: who has a session open, and what became of it. */

import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isAlive, type Owner } from '../platform/process-identity.ts';
import { replaceFile } from '../platform/replace-file.ts';
import { readWhole } from './private-files.ts';
import { amount } from './record-shapes.ts';
import { parse } from './roots.ts';

export interface SessionRecord extends Owner {
  version: number;
  id: string;
  /** When it was opened, in milliseconds since 1970. */
  opened: number;
  /** The working directory. */
  folder: string;
  /** The executable. */
  python: string;
  /** When the user quit, in milliseconds since 1970; `null` while it is open, and where it was cut off. */
  closed: number | null;
  /** The checkpoint that it was restored from. */
  from: string | null;
  /** Who goes on with it in a session that has no checkpoint yet. */
  heir: Owner | null;
  /** The name by which an agent goes on with it; absent where it is a person's. */
  agent?: string | undefined;
  /** Why it is not offered any more. */
  settled: 'dismissed' | 'continued' | 'imported' | null;
}

export const SESSION_VERSION = 1;
const NAME = 'session.json';
const MAX_BYTES = 2 ** 20;
const NONCE_BYTES = 4;

/** Earlier versions have noted less. */
const optional = v.optional(v.nullable(v.string()), null);
const owner = {
  pid: amount,
  started: v.nullable(amount),
  boot: v.nullable(v.string()),
  machine: optional,
  namespace: optional,
  seen: v.optional(v.nullable(amount), null),
};
const SESSION: v.GenericSchema<unknown, SessionRecord> = v.looseObject({
  version: amount,
  id: v.string(),
  opened: amount,
  folder: v.string(),
  python: v.string(),
  ...owner,
  closed: v.nullable(amount),
  from: v.nullable(v.string()),
  heir: v.nullable(v.looseObject(owner)),
  agent: v.optional(v.string()),
  settled: v.nullable(v.picklist(['dismissed', 'continued', 'imported'])),
});

/** Read what is said of a session; `null` where that is missing or damaged, which harms none of its checkpoints. */
export async function readSession(folder: string): Promise<SessionRecord | null> {
  try {
    const found = parse((await readWhole(join(folder, NAME), MAX_BYTES)).toString(), 'it is no JSON');
    const session = v.safeParse(SESSION, found);
    return session.success ? session.output : null;
  } catch {
    // Its checkpoints say all that is needed to open them.
    return null;
  }
}

export function isOpen(session: SessionRecord | null): boolean {
  return session !== null && session.closed === null && isAlive(session);
}

export async function writeSession(folder: string, session: SessionRecord): Promise<void> {
  const text = `${JSON.stringify(session, null, 2)}\n`;
  await withDrafts(folder, (drafts) => replaceFile(join(folder, NAME), text, join(drafts, NAME)));
}

/** Make a folder for what is not whole yet, in a session's; whoever cleans up knows it by its name. */
export async function withDrafts<Result>(
  session: string,
  work: (drafts: string) => Promise<Result>,
): Promise<Result> {
  const drafts = join(session, `${WRITING}${randomBytes(NONCE_BYTES).toString('hex')}`);
  await mkdir(drafts, { mode: 0o700 });
  try {
    return await work(drafts);
  } finally {
    await rm(drafts, { recursive: true, force: true });
  }
}

/** How the folders begin in which something is being written. */
export const WRITING = 'writing-';
