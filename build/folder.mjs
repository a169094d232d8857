/** The folder that the user is in: npm runs a script in the project's. */

import { join } from 'node:path';
import { ROOT } from './places.mjs';

/** Go back to where npm was called, if it was npm that called us. */
export function enterUsersFolder() {
  const { INIT_CWD, npm_package_json } = process.env;
  if (INIT_CWD && npm_package_json === join(ROOT, 'package.json')) process.chdir(INIT_CWD);
}
