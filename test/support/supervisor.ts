/** A supervisor in a process of its own, for tests that kill it. */

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { ROOT, SETUP } from '../../build/places.mjs';
import type { Interpreter } from './interpreters.ts';
import { processesWith } from './processes.ts';

const TAG = 'PYREPL3_SUPERVISOR';
/** Two folders below the root, as the sources are: from there it finds the Python side. */
const BUNDLE = join(SETUP, 'tests', 'session.mjs');

const PROGRAM = `
const { openSession } = await import(process.argv[1]);
const session = openSession({ python: process.argv[2] });
session.on('output', (bytes) => process.stdout.write(bytes));
await session.run(process.argv[3]);
setInterval(() => undefined, 1000);
`;

export interface Supervisor {
  said(): string;
  /** Its processes that are alive, itself among them. */
  processes(): number[];
  kill(): void;
}

let bundle: Promise<unknown> | undefined;

/** Start a supervisor with one session, which runs the code. */
export async function startSupervisor(python: Interpreter, code: string): Promise<Supervisor> {
  bundle ??= bundleSession();
  await bundle;
  const tag = randomUUID();
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', PROGRAM, BUNDLE, python.executable, code],
    {
      env: { ...process.env, [TAG]: tag },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(0, 10_000);
  });
  return {
    said: () => said,
    processes: () => processesWith(`${TAG}=${tag}`),
    kill: () => void child.kill('SIGKILL'),
  };
}

function bundleSession(): Promise<unknown> {
  return build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, 'electron/supervisor/session.ts'),
      outDir: join(SETUP, 'tests'),
      // Another test may run what it has put there.
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'session.mjs' } },
    },
  });
}
