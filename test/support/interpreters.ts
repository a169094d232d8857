/** Every Python from 3.8 up that the machine has. */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export interface Interpreter {
  /** Such as `3.11`. */
  version: string;
  executable: string;
}

const OLDEST_MINOR = 8;
const QUESTION = 'import sys; print("%d.%d" % sys.version_info[:2], sys.executable)';

/** Find them on PATH and among pyenv's, oldest first, a version perhaps twice; `PYREPL3_PYTHONS` (a list like PATH) takes their place. */
export async function findInterpreters(): Promise<Interpreter[]> {
  const asked = process.env.PYREPL3_PYTHONS?.split(delimiter).filter(Boolean);
  const answers = await Promise.all((asked ?? candidates()).map(ask));
  return answers.filter((found) => found !== null).sort((one, other) => minor(one) - minor(other));
}

/** Find the one that `python3` starts, as a session does by default. */
export async function findUsual(): Promise<Interpreter | null> {
  return ask('python3');
}

function candidates(): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...pyenvFolders()];
  return folders.filter((folder) => existsSync(folder) && !folder.endsWith('shims')).flatMap(pythonsIn);
}

/** Each once: `python3` is most often another name for one beside it. */
function pythonsIn(folder: string): string[] {
  const byFile = new Map<string, string>();
  for (const name of readdirSync(folder).filter((name) => /^python3(\.\d+)?$/.test(name))) {
    const path = join(folder, name);
    if (existsSync(path) && !byFile.has(realpathSync(path))) byFile.set(realpathSync(path), path);
  }
  return [...byFile.values()];
}

function pyenvFolders(): string[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  return existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
}

async function ask(executable: string): Promise<Interpreter | null> {
  try {
    const { stdout } = await promisify(execFile)(executable, ['-c', QUESTION]);
    const [version = '', path = executable] = stdout.trim().split(' ');
    return /^3\.\d+$/.test(version) && Number(version.slice(2)) >= OLDEST_MINOR
      ? { version, executable: path }
      : null;
  } catch {
    return null; // It does not start: not one that a person could use either.
  }
}

function minor({ version }: Interpreter): number {
  return Number(version.slice(2));
}
