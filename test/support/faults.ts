/** What the tests of faults have in common. */

import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A pseudo-random number from 0 to 1, the same in each test run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Everything below a folder, in the order of the names; nothing where it is not there. */
export function treeOf(folder: string): string[] {
  return existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]).sort() : [];
}

/** What in a home is not for the user alone. */
export function unprotected(home: string): string[] {
  return treeOf(home).filter((path) => {
    const status = lstatSync(join(home, path));
    return (status.mode & 0o777) !== (status.isDirectory() ? 0o700 : 0o600);
  });
}
