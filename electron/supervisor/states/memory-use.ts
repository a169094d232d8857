/** How much memory the frozen states of a session hold that the live one does not. */

import { readFile } from 'node:fs/promises';
import { spaceHeldBy } from './deleted-files.ts';

const KIB = 1024;

/**
 * Return the bytes that would come free if all frozen states went; `null` where the system does not tell.
 *
 * A page that several processes share counts in each of them as its share (`Pss`), so the sum over all is what
 * they hold together; less what the live one has to itself, it is what is kept for the frozen ones alone. Files that
 * were removed and are only referred to any more count with it.
 */
export async function heldBy(live: number, frozen: readonly number[]): Promise<number | null> {
  const own = await read(live);
  if (own === null) {
    return null;
  }
  let together = own.shared;
  // One after the other: the kernel walks each one's page tables, and nobody waits for the sum.
  for (const pid of frozen) {
    together += (await read(pid))?.shared ?? 0;
  }
  return Math.max(0, together - own.whole) + (await spaceHeldBy(live, frozen));
}

/** Return the anonymous memory of a process: its share of it, and as if nobody shared it. */
async function read(pid: number): Promise<{ shared: number; whole: number } | null> {
  let text: string;
  try {
    text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1');
  } catch {
    // It has ended in the meantime, or this system has no such file.
    return null;
  }
  const whole = field(text, 'Anonymous');
  // Older kernels do not tell the anonymous part apart; files are shared by all and nearly cancel out.
  const shared = field(text, 'Pss_Anon') ?? field(text, 'Pss');
  return whole === null || shared === null ? null : { shared, whole };
}

function field(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text);
  return found ? Number(found[1]) * KIB : null;
}

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
