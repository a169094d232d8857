/** Other ways to save a session, each in a Python of its own that obeys line by line. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Bench, PROGRAMS } from '../environment.ts';

/** Sources and bundle alike lie two folders below the root. */
const PROGRAM = join(PROGRAMS, 'checkpoints', 'rivals.py');

/** `reading` is none to save a session: an array's bytes alone. */
export type Way = 'dill' | 'cloudpickle' | 'Kishu' | 'reading';
export const WAYS: readonly Way[] = ['dill', 'cloudpickle', 'Kishu'];

/** Times are in milliseconds, sizes in bytes. */
export interface Saved {
  /** How long the user waits. */
  call: number;
  /** Until all is on the disk. */
  durable: number;
  /** Of the file, or so much as the files grew: as it appears, and in blocks of the disk. */
  size: number;
  blocks: number;
}

/** All answers are `null` once the rival has failed; why is on standard error. */
export interface Rival {
  /** Run code; one that saves behind each cell tells what that took. */
  run(code: string): Promise<Saved | null>;
  /** Run code and save. */
  save(code: string): Promise<Saved | null>;
  /** Restore what the one before in this folder has saved last; return how long that took, in milliseconds. */
  load(): Promise<number | null>;
  holds(words: string): Promise<boolean | null>;
  close(): Promise<void>;
}

/** Start one that keeps its files below a folder; `null` where what it takes is not there. */
export async function openRival(bench: Bench, way: Way, folder: string): Promise<Rival | null> {
  if (way === 'Kishu' && !bench.kishu) {
    return null;
  }
  const place = join(folder, way);
  mkdirSync(place, { recursive: true });
  const child = spawn(bench.python, ['-W', 'ignore', PROGRAM, way, place], {
    env: { ...bench.env, PYTHONPATH: installed(bench, way, place).join(delimiter) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  // It may have ended when it is asked; then it has no answer.
  child.stdin.on('error', () => undefined);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await answers.next();
    return done ? null : JSON.parse(value);
  };
  const ask = (request: object) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return answer();
  };
  const close = async () => {
    child.stdin.end();
    await closed;
  };
  if ((await answer()) !== null) {
    await close();
    return null;
  }
  return {
    run: (code) => ask({ do: 'run', code }),
    save: (code) => ask({ do: 'save', code }),
    load: () => ask({ do: 'load' }),
    holds: (words) => ask({ do: 'holds', words }),
    close,
  };
}

/** Where its packages are, under names as dill knows them: it would pickle a module that is installed elsewhere. */
function installed({ libraries, dill, kishu }: Bench, way: Way, place: string): string[] {
  const folders = [...(way === 'Kishu' ? (kishu ?? []) : []), libraries, dill].filter(
    (folder) => folder !== null,
  );
  return folders.map((folder) => {
    const link = join(place, `site-packages-${basename(folder)}`);
    if (!existsSync(link)) {
      symlinkSync(folder, link);
    }
    return link;
  });
}
