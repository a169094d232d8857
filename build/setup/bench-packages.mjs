/** What the bench compares with: in folders of the bench's own, one for each version of Python. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETUP } from '../places.mjs';
import { command } from './command.mjs';
import { fillFolder, isFilled } from './folder.mjs';
import { during, note } from './notes.mjs';
import { ensureLibraries, install, LIBRARY_PACKAGES } from './python-packages.mjs';

const VERSION = 'import sys; print("%d.%d" % sys.version_info[:2])';

/**
 * Install what `NAME.txt` lists for an interpreter, unless it is there, and return its folder; `null` where that is
 * not possible.
 *
 * @param {string} name
 * @param {string} python
 * @returns {Promise<string | null>}
 */
export async function ensureForBench(name, python) {
  const list = new URL(`${name}.txt`, import.meta.url);
  const version = (await command(python, ['-c', VERSION])).trim();
  const folder = join(SETUP, 'bench', `${name}-${version}`);
  const content = readFileSync(list, 'utf8');
  if (isFilled(folder, content)) return folder;
  try {
    await during(`Installing ${name} for Python ${version}, for the bench alone`, () =>
      fillFolder(folder, content, (unfinished) => install(fileURLToPath(list), unfinished, { python })),
    );
    return folder;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    note(`${name} cannot be installed, so nothing is compared with it. ${reason}`);
    return null;
  }
}

/**
 * Return the folder of the libraries that the tests use, where this interpreter can import them; else `null`.
 *
 * @param {string} python
 * @returns {Promise<string | null>}
 */
export async function ensureLibrariesForBench(python) {
  await ensureLibraries();
  const env = { ...process.env, PYTHONPATH: LIBRARY_PACKAGES };
  try {
    await command(python, ['-c', 'import numpy, pandas, cloudpickle'], { env });
    return LIBRARY_PACKAGES;
  } catch {
    note(
      `${python} cannot import the libraries for the tests, so what takes NumPy or pandas is not measured.`,
    );
    return null;
  }
}
