/** Another process that saves sessions in the same store, for tests that kill it. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { ROOT, SETUP } from '../../build/places.mjs';
import { until } from './until.ts';

const PROGRAM = join(SETUP, 'tests', 'store-child.mjs');

let bundle: Promise<unknown> | undefined;

export interface Saver {
  /** The session's id. */
  session: string;
  pid: number;
  /** The ids of the checkpoints that it has said to be saved. */
  saved(): string[];
  /** Resolve when it has saved so many. */
  saves(count: number): Promise<void>;
  /** SIGKILL; resolve when it is gone. */
  kill(): Promise<void>;
}

/** What starts a program in a container of its own, with process numbers that nobody else has. */
export const CONTAINER = ['unshare', '--pid', '--mount-proc', '--fork', '--kill-child'];

/** Whether we may make such a container. */
export function canContain(): boolean {
  const [program = '', ...args] = CONTAINER;
  return spawnSync(program, [...args, 'true']).status === 0;
}

/** Start one, `inside` what starts it, and resolve when its session is open. */
export async function startSaver(
  home: string,
  budget: number,
  inside: readonly string[] = [],
): Promise<Saver> {
  bundle ??= bundleProgram();
  await bundle;
  const [program = '', ...args] = [...inside, process.execPath, PROGRAM, home, String(budget)];
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  // A line that was cut off was not said.
  const told = (word: string) =>
    said
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.startsWith(word))
      .map((line) => line.slice(word.length + 1));
  await until(
    () => told('open').length > 0,
    () => 'a session to be opened',
  );
  return {
    session: told('open')[0] as string,
    pid: child.pid as number,
    saved: () => told('saved'),
    saves: (count) =>
      until(
        () => told('saved').length >= count,
        () => `${count} checkpoints`,
      ),
    kill: () => kill(child),
  };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}

function bundleProgram(): Promise<unknown> {
  return build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, 'test/support/store-child.ts'),
      outDir: join(SETUP, 'tests'),
      // Another test may run what it has put there.
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'store-child.mjs' } },
    },
  });
}
