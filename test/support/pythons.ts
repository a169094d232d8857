/** The Pythons that the tests run on: few of them in `npm test`, every one in `npm run test:all`. */

import { describe, inject } from 'vitest';
import type {} from './found-pythons.ts';
import type { Interpreter } from './interpreters.ts';

const { found, usual, every } = inject('pythons');

/** One of each version, oldest first. */
export const PYTHONS: Interpreter[] = found.filter(
  ({ version }, index) => found.findIndex((other) => other.version === version) === index,
);

const USUAL = PYTHONS.filter(({ version }) => version === usual);

/** For a case that is the same under each version: the one that `python3` starts, which most people have. */
export const ONE: Interpreter[] = every ? PYTHONS : USUAL.length > 0 ? USUAL : PYTHONS.slice(-1);

/** For a case whose outcome depends on the version: the oldest and the newest. */
export const OLD_AND_NEW: Interpreter[] = every
  ? PYTHONS
  : PYTHONS.filter((python) => python === PYTHONS[0] || python === PYTHONS.at(-1));

/** How often something is done that is done over and over: in `npm run test:all` more often. */
export function times(usually: number, inAll: number): number {
  return every ? inAll : usually;
}

/** Describe on these Pythons. */
export function onPythons(pythons: Interpreter[], name: string, tests: (python: Interpreter) => void): void {
  describe.each(pythons)(`${name}, Python $version`, tests);
}

/** Return the Python that the tests' libraries are installed for, if there is one that fits. */
export function pythonOfLibraries(
  fits: (python: Interpreter) => boolean = () => true,
): Interpreter | undefined {
  const wanted = process.env.PYREPL3_LIBRARIES_PYTHON ?? '3.11';
  return found.find((python) => python.version === wanted && fits(python));
}

/** Whether it is of this version or later: `isSince(python, 11)` for 3.11. */
export function isSince(python: Interpreter, minor: number): boolean {
  return Number(python.version.slice(2)) >= minor;
}
