/** Where the Python side of the program lies. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Electron's addition to `process`: where a packaged application keeps its resources. */
const { resourcesPath } = process as { resourcesPath?: string };

/** Return the folder of `launch.py`: beside a packaged application, or in a checkout. */
export function pythonFolder(): string {
  const folders = [
    ...(resourcesPath ? [join(resourcesPath, 'python')] : []),
    // A bundle lies two folders below the root, this source three.
    join(import.meta.dirname, '..', '..', 'python'),
    join(import.meta.dirname, '..', '..', '..', 'python'),
  ];
  const folder = folders.find((candidate) => existsSync(join(candidate, 'launch.py')));
  if (!folder) {
    throw new Error(
      `The program is incomplete: launch.py is in none of ${folders.join(', ')}. Reinstall it.`,
    );
  }
  return folder;
}
