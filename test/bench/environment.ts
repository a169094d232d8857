/** What the bench starts, and in which environment. */

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type CheckpointOptions, openSession, type Session } from '../../electron/supervisor/session.ts';
import type { Ipykernel } from './runs/ipykernel.ts';

/** Where the programs in Python are that it starts: this source and the bundle are as deep below the root. */
export const PROGRAMS = join(import.meta.dirname, '..', '..', 'test', 'bench');

export interface Bench {
  /** The interpreter's executable. */
  python: string;
  env: NodeJS.ProcessEnv;
  isQuick: boolean;
  /** What we compare with; `null` where it cannot be installed. */
  ipykernel: Ipykernel | null;
  /** Where NumPy, pandas and cloudpickle are, for this interpreter; `null` where they are not. */
  libraries: string | null;
  /** Where dill is. */
  dill: string | null;
  /** Where Kishu is, and what it takes. */
  kishu: readonly string[] | null;
  /** Where posit-mcp-repl is. */
  mcpRepl: string | null;
  /** The program of the server for agents. */
  server: string;
  /** Where sessions are saved; nowhere by default. */
  checkpoints?: CheckpointOptions;
}

/** Nothing that is measured in one session takes so long. */
const PATIENCE_MS = 300_000;
/** They would make the Pythons that we compare with slower than they are. */
const REMOVED = ['PYTHONUNBUFFERED', 'PYTHONDONTWRITEBYTECODE'];

/** Return this process's environment without what falsifies the comparison. */
export function benchEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !REMOVED.includes(name)));
}

/** Open a session that is ready, let it be used, and close it. */
export async function withSession<Result>(
  { python, env, checkpoints }: Bench,
  use: (session: Session) => Promise<Result>,
  more: NodeJS.ProcessEnv = {},
): Promise<Result> {
  const session = openSession({
    python,
    env: { ...env, ...more },
    ...(checkpoints && { checkpoints }),
  });
  session.on('fault', (error) => void process.stderr.write(`The session failed: ${error.message}\n`));
  const patience = new AbortController();
  const tooLong = wait(PATIENCE_MS, undefined, patience).then(() => {
    throw new Error(`A session of the bench took more than ${PATIENCE_MS} ms.`);
  });
  // When the session is closed in time, nobody wants to know.
  tooLong.catch(() => undefined);
  try {
    await session.whenReady();
    return await Promise.race([use(session), tooLong]);
  } finally {
    patience.abort();
    await session.close();
  }
}

/** Run code that must succeed. */
export async function play(session: Session, code: string): Promise<void> {
  const { outcome, failure } = await session.run(code);
  if (outcome !== 'ok') {
    throw new Error(`The bench's own code ${outcome}: ${failure?.type}: ${failure?.text}\n${code}`);
  }
}
