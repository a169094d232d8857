/** Python packages in folders of ours: verified against their hashes, and never in the user's own Python. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETUP } from '../places.mjs';
import { command } from './command.mjs';
import { fillFolder, isFilled } from './folder.mjs';
import { during, note } from './notes.mjs';

/** What sessions find beside their Python. */
export const PYTHON_PACKAGES = join(SETUP, 'python-packages');
/** What the tests alone find there. */
export const LIBRARY_PACKAGES = join(SETUP, 'library-packages');
/** A few more, which keep the process id. */
export const PROCESS_ID_PACKAGES = join(SETUP, 'process-id-packages');
/** Those that are too large for every run. */
export const EXTENDED_PACKAGES = join(SETUP, 'extended-packages');
const CHECK_TOOLS = join(SETUP, 'check-tools');
export const RUFF = join(CHECK_TOOLS, 'bin', 'ruff');

/** What a folder was filled with when nothing could be installed: known, so that it is said and tried only once. */
const NOTHING = 'nothing';

/**
 * @typedef {{ again?: boolean, compile?: boolean }} Options `again`: try once more where it was not possible before;
 *   `compile`: not what is large, of which little is imported, and of that Python keeps what it has compiled
 */

/** @param {Options} [options] */
export async function ensureCloudpickle(options) {
  await ensure('cloudpickle', PYTHON_PACKAGES, options);
}

/** @param {Options} [options] */
export async function ensureLibraries(options) {
  await Promise.all([
    ensure('libraries', LIBRARY_PACKAGES, { ...options, compile: false }),
    ensure('process-ids', PROCESS_ID_PACKAGES, { ...options, compile: false }),
  ]);
}

/** Whether each was installed, or could not be. */
export function areLibrariesThere() {
  return [LIBRARY_PACKAGES, PROCESS_ID_PACKAGES].every((folder) => existsSync(folder));
}

/** @param {Options} [options] */
export async function ensureExtendedLibraries(options) {
  await ensure('extended', EXTENDED_PACKAGES, { ...options, compile: false });
}

/** @param {Options} [options] */
export async function ensureRuff(options) {
  await ensure('ruff', CHECK_TOOLS, options);
}

/**
 * Install what `NAME.txt` lists, unless it is there. Without it everything else goes on.
 *
 * @param {string} name
 * @param {string} folder
 * @param {Options} [options]
 */
export async function ensure(name, folder, { again = false, compile = true } = {}) {
  const list = new URL(`${name}.txt`, import.meta.url);
  const content = readFileSync(list, 'utf8');
  if (isFilled(folder, content) || (!again && isFilled(folder, NOTHING))) return;
  try {
    await during(`Installing ${name} for this project alone`, () =>
      fillFolder(folder, content, (unfinished) => install(fileURLToPath(list), unfinished, { compile })),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    note(
      `${name} is not installed, and everything else goes on; \`npm run setup\` tries once more. ${reason}`,
    );
    await fillFolder(folder, NOTHING, async () => {
      // Only the stamp.
    });
  }
}

/**
 * Install into a folder what a list with hashes names, for this interpreter.
 *
 * @param {string} list
 * @param {string} folder
 * @param {{ python?: string, compile?: boolean }} [options]
 */
export async function install(list, folder, { python = 'python3', compile = true } = {}) {
  await pip(python, ['--version']).catch((error) => {
    throw new Error(`${python} has no pip.`, { cause: error });
  });
  const patience = ['--retries', '1', '--timeout', '10'];
  const how = [
    ...(compile ? [] : ['--no-compile']),
    '--require-hashes',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--target',
    folder,
  ];
  await pip(python, ['install', '--quiet', ...patience, ...how, '--requirement', list]);
}

/** @param {string} python @param {string[]} args */
function pip(python, args) {
  // A user's own setting must not send the packages to another folder.
  const env = { ...process.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_ROOT_USER_ACTION: 'ignore' };
  return command(python, ['-m', 'pip', '--disable-pip-version-check', '--no-input', ...args], { env });
}
