/** Debian's packages, for root alone: one installation after the other, as apt has a lock. */

import { command } from './command.mjs';

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/** @param {() => string[]} choose names the packages, once the lists are there */
export function installPackages(choose) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = async () => {
    await command('apt-get', ['update', '-q'], { env });
    await command('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...choose()], { env });
  };
  const installed = last.then(install);
  last = installed.catch(() => undefined);
  return installed;
}
