/** Where things are, whatever folder a command is called from. */

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What set-up fetches and what tools keep; removed without loss. */
export const SETUP = join(ROOT, '.setup');

/** The command of a tool that npm installed. @param {string} name */
export function tool(name) {
  return join(ROOT, 'node_modules', '.bin', name);
}
