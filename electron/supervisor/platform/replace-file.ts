/** Puts a file in its place in one step, so that a crash at any moment leaves the old one or the new one. */

import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const FILE_MODE = 0o600;
/** Some network file systems cannot bring a folder to the disk; nothing more can be done there. */
const UNABLE_TO_SYNC = ['EINVAL', 'ENOTSUP', 'EBADF'];

/**
 * Replace a file by way of a draft, which must not be there yet and is gone after it, whatever happens.
 *
 * Nothing takes the place of the old file but the whole of the new one, on the disk: a write that a full disk cuts
 * short throws, and so does a draft that somebody else writes.
 */
export async function replaceFile(
  path: string,
  data: string | Uint8Array,
  draft: string = draftOf(path),
): Promise<void> {
  const handle = await createFile(draft);
  try {
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** The same at once, for small files and for the last moment of a process. */
export function replaceFileSync(
  path: string,
  data: string | Uint8Array,
  draft: string = draftOf(path),
): void {
  const descriptor = openSync(draft, 'wx', FILE_MODE);
  try {
    try {
      fchmodSync(descriptor, FILE_MODE);
      // Writes on where the system took only a part; `writeSync` would leave the rest out.
      writeFileSync(descriptor, data);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolderSync(dirname(path));
}

/** Open a new file for writing, for the user alone whatever the umask says. */
export async function createFile(path: string): Promise<FileHandle> {
  const handle = await open(path, 'wx', FILE_MODE);
  await handle.chmod(FILE_MODE);
  return handle;
}

/** Bring the names in a folder to the disk: without it a power cut can undo a rename. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch (error) {
    leaveUnsynced(error);
  } finally {
    await handle.close();
  }
}

function syncFolderSync(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } catch (error) {
    leaveUnsynced(error);
  } finally {
    closeSync(descriptor);
  }
}

function leaveUnsynced(error: unknown): void {
  if (!UNABLE_TO_SYNC.includes((error as NodeJS.ErrnoException).code ?? '')) {
    throw error;
  }
}

let drafts = 0;

/** No two processes, and no two writes of one, have the same; a crash in between leaves at most one behind. */
function draftOf(path: string): string {
  drafts += 1;
  return `${path}.${process.pid}-${Date.now().toString(36)}-${drafts}.new`;
}
