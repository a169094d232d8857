/** Files and folders of the store: for the user alone, never through a link, and on the disk before it is told. */

import { constants } from 'node:fs';
import { chmod, type FileHandle, lstat, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodedError } from '../platform/errors.ts';
import { syncFolder } from '../platform/replace-file.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const MODE_BITS = 0o777;
/** Windows knows neither. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const CLAUSES: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EIO: 'the disk cannot read or write it',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOENT: 'it is not there',
  ENOTDIR: 'a file is in the place of a folder',
  EISDIR: 'it is a folder',
};

/** Why something could not be done with a file, in a clause. */
export function clauseOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return CLAUSES[code ?? ''] ?? message;
}

export function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Make a folder where it is missing; throws where it is a link, or something else is in its place. */
export async function ensureFolder(path: string): Promise<void> {
  const isMade = await makeFolder(path);
  await checkFolder(path);
  if (isMade) {
    await syncFolder(dirname(path));
  }
}

/** False where it is there. The option `recursive` would hide that a disk is read-only. */
async function makeFolder(path: string, withParents = true): Promise<boolean> {
  try {
    await mkdir(path, { mode: FOLDER_MODE });
    // Whatever the umask says.
    await chmod(path, FOLDER_MODE);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) {
      return false;
    }
    if (!isCode(error, 'ENOENT') || !withParents) {
      throw error;
    }
  }
  await makeFolder(dirname(path));
  return makeFolder(path, false);
}

/** Throws where a folder is a link or no folder; takes from others what they may do in it, and gives the user nothing. */
export async function checkFolder(path: string): Promise<void> {
  const status = await lstat(path);
  if (status.isSymbolicLink()) {
    throw linked(path);
  }
  if (!status.isDirectory()) {
    throw new CodedError('STORE', `${path} is in the place of a folder of saved sessions; move it away.`);
  }
  if ((status.mode & MODE_BITS & ~FOLDER_MODE) !== 0) {
    await chmod(path, status.mode & FOLDER_MODE).catch(leftToOthers);
  }
}

/** Open a file for reading; throws where it is a link, or no plain file. */
export async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, READ_FLAGS).catch((error) => {
    // FreeBSD says EMLINK.
    throw isCode(error, 'ELOOP', 'EMLINK') ? linked(path) : error;
  });
  if (!(await handle.stat()).isFile()) {
    await handle.close();
    throw new Error(`${path} is no plain file`);
  }
  return handle;
}

/** Read a file of the store, and take it from others; throws where it is a link, or larger than it can be. */
export async function readWhole(path: string, limit: number): Promise<Buffer> {
  const handle = await openFile(path);
  try {
    const { size, mode } = await handle.stat();
    if ((mode & MODE_BITS & ~FILE_MODE) !== 0) {
      await handle.chmod(FILE_MODE).catch(leftToOthers);
    }
    if (size > limit) {
      throw new Error(`${path} has ${size} bytes, which is more than it can have.`);
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Take over a file that another process has written and brought to the disk. */
export async function takeFile(from: string, to: string): Promise<void> {
  const handle = await openFile(from);
  try {
    await handle.chmod(FILE_MODE);
  } finally {
    await handle.close();
  }
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Whose a file is, or who can write to that disk, has to see to its mode. */
function leftToOthers(error: unknown): void {
  if (!isCode(error, 'EPERM', 'EROFS')) {
    throw error;
  }
}

function linked(path: string): Error {
  return new CodedError(
    'STORE',
    `${path} is a link, and none is followed among saved sessions; move it away.`,
  );
}
