/** Which space on disks frozen states keep from coming free: a reference to a file keeps it after it is removed. */

import { readdir, readlink, stat } from 'node:fs/promises';

const BLOCK_BYTES = 512;
const DELETED = ' (deleted)';
/** The session's own descriptors begin here. */
const FIRST_OWN = 100;

/** Return the bytes of removed files that frozen states refer to and the live one has closed; 0 where nobody tells. */
export async function spaceHeldBy(live: number, frozen: readonly number[]): Promise<number> {
  const held = new Map<string, number>();
  // One after the other: nobody waits for the sum.
  for (const pid of frozen) {
    for (const [file, bytes] of await deletedFiles(pid)) {
      held.set(file, bytes);
    }
  }
  const open = held.size > 0 ? await deletedFiles(live) : new Map<string, number>();
  return [...held].reduce((sum, [file, bytes]) => (open.has(file) ? sum : sum + bytes), 0);
}

/** The removed files that a process refers to, by device and inode, with their bytes on the disk. */
async function deletedFiles(pid: number): Promise<Map<string, number>> {
  const folder = `/proc/${pid}/fd`;
  const found = new Map<string, number>();
  for (const number of await readdir(folder).catch(() => [])) {
    const path = `${folder}/${number}`;
    try {
      if (Number(number) < FIRST_OWN && (await readlink(path)).endsWith(DELETED)) {
        const { dev, ino, blocks } = await stat(path);
        found.set(`${dev}:${ino}`, blocks * BLOCK_BYTES);
      }
    } catch {
      // It was closed, or the process has ended, in the meantime.
    }
  }
  return found;
}
