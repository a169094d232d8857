/** Refuse what is not byte for byte what it should be. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Return a file's SHA-256 in hexadecimal. @param {string} file */
export async function checksum(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Throw unless a file has this SHA-256. @param {string} file @param {string} expected */
export async function verify(file, expected) {
  const found = await checksum(file);
  if (found === expected) return;
  throw new Error(
    `${basename(file)} is not what it should be: its SHA-256 is ${found}, expected ${expected}. ` +
      'It was damaged or changed on the way; nothing of it was used. Try again, or from another network.',
  );
}
