/** ipykernel, which the bench compares with: in a folder of the bench's own, one for each version of Python. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETUP } from '../places.mjs';
import { command } from './command.mjs';
import { fillFolder, isFilled } from './folder.mjs';
import { during, note } from './notes.mjs';
import { install } from './python-packages.mjs';

const LIST = new URL('ipykernel.txt', import.meta.url);
const VERSION = 'import sys; print("%d.%d" % sys.version_info[:2])';

/**
 * Install it for an interpreter, unless it is there, and return its folder; `null` where that is not possible.
 *
 * @param {string} python
 * @returns {Promise<string | null>}
 */
export async function ensureIpykernel(python) {
  const version = (await command(python, ['-c', VERSION])).trim();
  const folder = join(SETUP, 'bench', `ipykernel-${version}`);
  const content = readFileSync(LIST, 'utf8');
  if (isFilled(folder, content)) return folder;
  try {
    await during(`Installing ipykernel for Python ${version}, for the bench alone`, () =>
      fillFolder(folder, content, (unfinished) => install(fileURLToPath(LIST), unfinished, python)),
    );
    return folder;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    note(`ipykernel cannot be installed, so nothing is compared with it. ${reason}`);
    return null;
  }
}
