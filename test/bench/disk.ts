/** What files take of the disk. */

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** In bytes. */
export interface Usage {
  size: number;
  /** In blocks of the disk. */
  blocks: number;
}

/** What `st_blocks` counts. */
const BLOCK_BYTES = 512;

/** Return what a folder's files take, one with several names once. */
export function usageOf(folder: string): Usage {
  const usage = { size: 0, blocks: 0 };
  const counted = new Set<number>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const facts = lstatSync(join(entry.parentPath, entry.name));
    if (entry.isFile() && !counted.has(facts.ino)) {
      counted.add(facts.ino);
      usage.size += facts.size;
      usage.blocks += facts.blocks * BLOCK_BYTES;
    }
  }
  return usage;
}
