/** The system's libraries that Electron links against, and the display that tests draw on. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPackages } from './apt.mjs';
import { during } from './notes.mjs';

/** Each library's package, under the names that Debian's and Ubuntu's releases give it, newest first. */
const LIBRARIES = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
];
const DISPLAY = ['xvfb'];

/**
 * Install what is missing for Electron, and with `display` for windows without a screen.
 *
 * @param {string} executable Electron's
 * @param {{ display?: boolean }} [options]
 */
export async function ensureSystemPackages(executable, { display = false } = {}) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries(executable);
  const screenless = display && !isOnPath('Xvfb');
  if (missing.length === 0 && !screenless) return;
  const lacking = [...missing, ...(screenless ? ['Xvfb'] : [])].join(', ');
  if (!isOnPath('apt-get')) {
    throw new Error(`The system lacks ${lacking}. Install what provides them, and try again.`);
  }
  const names = [...(missing.length > 0 ? LIBRARIES : []), ...(screenless ? [DISPLAY] : [])];
  if (process.getuid?.() !== 0) {
    const packages = names.map(choose).join(' ');
    throw new Error(
      `The system lacks ${lacking}. Run this, and try again:\n  sudo apt-get install ${packages}`,
    );
  }
  await during(`Installing system packages, because ${lacking} is missing`, () =>
    installPackages(() => names.map(choose)),
  );
}

/** Return the libraries that the loader does not find. @param {string} executable */
export function missingLibraries(executable) {
  const lines = execFileSync('ldd', [executable], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes('not found')).map((line) => line.trim().split(' ', 1)[0] ?? '');
}

/** Return the first name that this release's package lists know. @param {string[]} names */
function choose(names) {
  const known = names.find((name) => {
    const policy = execFileSync('apt-cache', ['policy', name], { encoding: 'utf8' });
    return /Candidate: (?!\(none\))/.test(policy);
  });
  return known ?? names.at(-1) ?? '';
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
