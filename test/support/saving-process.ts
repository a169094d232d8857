/** A program that runs and saves in a process of its own, for tests that kill it, or one of its Python's processes. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { onTestFinished } from 'vitest';
import { ROOT, SETUP } from '../../build/places.mjs';
import type { Interpreter } from './interpreters.ts';
import { processesWith } from './processes.ts';
import { until } from './until.ts';

/** What the program says of itself. */
export type Said =
  | { kind: 'restored'; id: string; step: number; state: string | null; lost: string[]; offered: string[] }
  | { kind: 'runs'; live: number; host: number }
  | { kind: 'saved'; id: string; name: string | null }
  | { kind: 'failed'; reason: string }
  | { kind: 'fault'; text: string };

type Kind = Said['kind'];
type Of<K extends Kind> = Extract<Said, { kind: K }>;

const TAG = 'PYREPL3_SAVING';
/** Two folders below the root, as the sources are: from there it finds the Python side. */
const FOLDER = join(SETUP, 'tests');
/** How nice writers are, as `/proc/PID/stat` has it behind the name. */
const NICENESS = '10';
const NICE_FIELD = 16;

let bundle: Promise<unknown> | undefined;

/** Start one, whose store has so much room; it is killed when the test ends. */
export async function startSaving(home: string, python: Interpreter, bytes = 2 ** 40): Promise<Saving> {
  bundle ??= bundleProgram();
  await bundle;
  return new Saving([home, python.executable, String(bytes)]);
}

export class Saving {
  readonly #child: ChildProcess;
  readonly #tag = `${TAG}=${randomUUID()}`;
  #text = '';

  constructor(words: string[]) {
    const [name = '', value] = this.#tag.split('=');
    this.#child = spawn(process.execPath, [join(FOLDER, 'saving-child.mjs'), ...words], {
      env: { ...process.env, [name]: value },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      this.#text += bytes.toString();
    });
    onTestFinished(() => this.kill());
  }

  /** All of a kind that it has said; a line that was cut off was not. */
  told<K extends Kind>(kind: K): Of<K>[] {
    const lines = this.#text.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Said).filter((said): said is Of<K> => said.kind === kind);
  }

  /** Resolve when it has said so many of a kind. */
  async tells(kind: Kind, count: number): Promise<void> {
    await until(
      () => this.told(kind).length >= count,
      () => `${count} of ${kind} in ${this.#text}`,
    );
  }

  /** All processes that are alive: its own, and those of its Python. */
  processes(): number[] {
    return processesWith(this.#tag);
  }

  /** Those that write a checkpoint. */
  writers(): number[] {
    return this.processes().filter((pid) => niceness(pid) === NICENESS);
  }

  /** SIGKILL; resolves when nothing of it is alive. */
  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'close');
      this.#child.kill('SIGKILL');
      await gone;
    }
    await until(
      () => this.processes().length === 0,
      () => `no process to be left: ${this.processes()}`,
    );
  }
}

function niceness(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[NICE_FIELD];
  } catch {
    return undefined; // It ended while we looked.
  }
}

function bundleProgram(): Promise<unknown> {
  return build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: join(ROOT, 'test/support/saving-child.ts'),
      outDir: FOLDER,
      // Another test may run what it has put there.
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'saving-child.mjs' } },
    },
  });
}
