/** Where sessions write their transcripts, of which the oldest go. */

import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BYTES_PER_MEGABYTE } from '../../wording/sizes.ts';
import { homeFolder } from '../platform/home.ts';
import { isAlive, nameOf, ownerOf, thisProcess } from '../platform/process-identity.ts';
import type { Settings } from '../platform/settings.ts';
import type { TranscriptOptions } from './transcript.ts';

const ENDING = '.log';

/** A file of its own for every session, in the order of their beginning; the name says whose it is. */
export function newTranscript({ transcripts }: Settings, home = homeFolder()): TranscriptOptions {
  const folder = join(home, 'transcripts');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeOldest(folder, transcripts.megabytes * BYTES_PER_MEGABYTE, transcripts.files);
  const moment = new Date().toISOString().slice(0, 23).replaceAll(':', '.');
  return {
    file: join(folder, `${moment} ${nameOf(thisProcess())}${ENDING}`),
    bytes: transcripts.each * BYTES_PER_MEGABYTE,
  };
}

/** Keep within so many bytes and files, of which one is to come; those of sessions that are open stay. */
function removeOldest(folder: string, bytes: number, files: number): void {
  const found = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .sort()
    .map((name) => ({ name, size: statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0 }));
  let count = found.length + 1;
  let size = found.reduce((sum, each) => sum + each.size, 0);
  for (const each of found) {
    if (count <= files && size <= bytes) {
      return;
    }
    if (!isAlive(ownerOf(each.name.slice(each.name.indexOf(' ') + 1)))) {
      remove(join(folder, each.name));
      count -= 1;
      size -= each.size;
    }
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is tried again when the next session begins.
  }
}
