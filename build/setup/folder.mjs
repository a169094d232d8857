/** Fill a folder wholly or not at all, and know later what it was filled with. */

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const STAMP = '.stamp';

/** Whether a folder was filled, and with just this. @param {string} folder @param {string} content */
export function isFilled(folder, content) {
  try {
    return readFileSync(join(folder, STAMP), 'utf8') === content;
  } catch {
    return false; // No stamp: it was never filled, or not to the end.
  }
}

/**
 * Fill a folder beside its place and put it there when it is complete.
 *
 * @param {string} folder
 * @param {string} content what `isFilled` asks for
 * @param {(unfinished: string) => Promise<void>} fill
 */
export async function fillFolder(folder, content, fill) {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    writeFileSync(join(unfinished, STAMP), content);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
