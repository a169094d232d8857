/** Puts a session's status into what the window shows of it. */

import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Situation } from '../../contract/bridge.ts';
import type { Ready } from '../../contract/messages.ts';

export type Identity = Pick<Situation, 'python' | 'environment' | 'executable'>;

/** What Python said of itself, in words. */
export function identify(ready: Ready): Identity {
  const language = ready.implementation.toLowerCase() === 'cpython' ? 'Python' : ready.implementation;
  const isEnvironment = existsSync(path.join(ready.prefix, 'pyvenv.cfg'));
  return {
    python: `${language} ${ready.python}`,
    environment: isEnvironment ? path.basename(ready.prefix) : null,
    executable: ready.executable,
  };
}

/** A folder as people write it. */
export function shorten(folder: string, home = os.homedir()): string {
  if (folder === home) return '~';
  return folder.startsWith(home + path.sep) ? `~${folder.slice(home.length)}` : folder;
}
