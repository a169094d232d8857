/** A plain Python that pickles what some code makes, and obeys line by line. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Bench, PROGRAMS } from '../environment.ts';

/** Sources and bundle alike lie two folders below the root. */
const PROGRAM = join(PROGRAMS, 'checkpoints', 'pickler.py');

/** All times are in milliseconds; none where the means is not there. */
export interface Pickler {
  /** Pickle the object with this module and read it back: the time of each. */
  save(module: string): Promise<number[]>;
  /** Run the code once more, which made the object. */
  makeAgain(): Promise<number[]>;
  close(): Promise<void>;
}

/** Start it, and resolve when it has made its object. */
export async function openPickler({ python, env, libraries, dill }: Bench, code: string): Promise<Pickler> {
  const folders = [libraries, dill].filter((folder) => folder !== null);
  const child = spawn(python, [PROGRAM, code], {
    env: { ...env, PYTHONPATH: folders.join(delimiter) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (request: string): Promise<number[]> => {
    child.stdin.write(`${request}\n`);
    const { value, done } = await answers.next();
    if (done) {
      throw new Error(`The Python that pickles ended at "${request}"; what it said stands above.`);
    }
    return JSON.parse(value);
  };
  // Once for nothing: what starts beside a session would disturb it.
  await ask('again');
  return {
    save: ask,
    makeAgain: () => ask('again'),
    close: async () => {
      child.stdin.end();
      await closed;
    },
  };
}
