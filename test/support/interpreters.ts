/** Every Python from 3.8 up that the machine has, one of each version. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Interpreter {
  /** Such as `3.11`. */
  version: string;
  executable: string;
}

const OLDEST_MINOR = 8;
const QUESTION = 'import sys; print("%d.%d" % sys.version_info[:2], sys.executable)';

/** Find them on PATH and among pyenv's, where several have a version the first that fits; `PYREPL3_PYTHONS` (a list like PATH) takes their place. */
export function findInterpreters(fits: (executable: string) => boolean = () => true): Interpreter[] {
  const asked = process.env.PYREPL3_PYTHONS?.split(delimiter).filter(Boolean);
  const byVersion = new Map<string, Interpreter>();
  for (const candidate of asked ?? candidates()) {
    const found = ask(candidate);
    if (found && !byVersion.has(found.version) && fits(found.executable)) byVersion.set(found.version, found);
  }
  return [...byVersion.values()].sort((one, other) => minor(one) - minor(other));
}

function candidates(): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...pyenvFolders()];
  const isPython = (name: string) => /^python3(\.\d+)?$/.test(name);
  return folders
    .filter((folder) => existsSync(folder) && !folder.endsWith('shims'))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter(isPython)
        .map((name) => join(folder, name)),
    );
}

function pyenvFolders(): string[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  return existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin')) : [];
}

function ask(executable: string): Interpreter | null {
  try {
    const said = execFileSync(executable, ['-c', QUESTION], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [version = '', path = executable] = said.trim().split(' ');
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
