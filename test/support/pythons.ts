/** The Pythons that the tests run on. */

import { describe } from 'vitest';
import { findInterpreters, type Interpreter } from './interpreters.ts';

export const PYTHONS = findInterpreters();

/** The newest and the oldest, for what takes long. */
export const EXTREMES = PYTHONS.filter((_, index) => index === 0 || index === PYTHONS.length - 1);

/** Describe on every Python, or on those given. */
export function onEveryPython(name: string, tests: (python: Interpreter) => void, pythons = PYTHONS): void {
  describe.each(pythons)(`${name}, Python $version`, tests);
}

/** Whether it is of this version or later: `isSince(python, 11)` for 3.11. */
export function isSince(python: Interpreter, minor: number): boolean {
  return Number(python.version.slice(2)) >= minor;
}
