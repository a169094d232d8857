/** How much memory a process has to itself: what would come free if it went. */

import { readFile } from 'node:fs/promises';

const BYTES_PER_KIB = 1024;

/** In bytes; `null` where the process is gone, or the system does not tell. */
export async function ownMemory(pid: number): Promise<number | null> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1');
    const fields = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)];
    return fields.reduce((sum, [, kib]) => sum + Number(kib) * BYTES_PER_KIB, 0);
  } catch {
    return null;
  }
}
