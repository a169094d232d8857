/**
 * Set up what npm does not bring: each part once, verified, and only when a command needs it.
 *
 * `npm run setup` does all of it; `--again` tries once more for the official Electron.
 */

import { pathToFileURL } from 'node:url';
import { ensureElectron } from './setup/electron.mjs';
import { note } from './setup/notes.mjs';
import { ensureLibraries, ensureRuff } from './setup/python-packages.mjs';
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
    await setUpSessions({ again: true });
    await setUpChecks({ again: true });
    await setUpLibraries({ again: true });
    const { version } = await setUpWindow({ display: true, again: process.argv.includes('--again') });
    note(`Everything is set up, with Electron ${version}.`);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
