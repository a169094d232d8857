/** What a session of Python can use; by itself, as every start asks for it. */

import { ensureNative } from './native.mjs';
import { ensureCloudpickle } from './python-packages.mjs';

/** Set it up, unless it is there. @param {{ again?: boolean }} [options] */
export async function setUpSessions(options = {}) {
  await Promise.all([ensureCloudpickle(options), ensureNative(options)]);
}
