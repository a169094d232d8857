/**
 * Set up what npm does not bring: each part once, verified, and only when a command needs it.
 *
 * `npm run setup` does all of it; `--again` tries once more for the official Electron.
 */

import { pathToFileURL } from 'node:url';
import { ensureElectron } from './setup/electron.mjs';
import { note } from './setup/notes.mjs';
import { ensureExtendedLibraries, ensureLibraries, ensureRuff } from './setup/python-packages.mjs';
import { setUpSessions } from './setup/sessions.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

/** What `npm run check` runs. @param {{ again?: boolean }} [options] */
export async function setUpChecks(options = {}) {
  await ensureRuff(options);
}

/** What the tests of undo try it with. @param {{ again?: boolean }} [options] */
export async function setUpLibraries(options = {}) {
  await ensureLibraries(options);
}

/** What they try it with when they are run at full length. @param {{ again?: boolean }} [options] */
export async function setUpExtendedLibraries(options = {}) {
  await ensureExtendedLibraries(options);
}

/** What a window needs. @param {{ display?: boolean, again?: boolean }} [options] `display`: also where there is no screen */
export async function setUpWindow(options = {}) {
  const electron = await ensureElectron(options);
  if (!electron)
    throw new Error('Electron is not there after its installation; remove .setup and try again.');
  await ensureSystemPackages(electron.executable, options);
  return electron;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const [{ version }] = await Promise.all([
      setUpWindow({ display: true, again: process.argv.includes('--again') }),
      setUpSessions({ again: true }),
      setUpChecks({ again: true }),
      setUpLibraries({ again: true }),
    ]);
    note(`Everything is set up, with Electron ${version}.`);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
