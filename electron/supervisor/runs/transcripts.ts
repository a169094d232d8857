/** Where sessions write their transcripts. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from '../platform/home.ts';

/** A file of its own for every session, in the order of their beginning. */
export function newTranscript(): string {
  const folder = join(homeFolder(), 'transcripts');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const moment = new Date().toISOString().slice(0, 23).replaceAll(':', '.');
  return join(folder, `${moment} ${process.pid}.log`);
}
