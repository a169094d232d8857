/** The folder in which the program keeps what is the user's: settings, history, transcripts, saved sessions. */

import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Return `PYREPL3_HOME`, else the platform's usual place; made for the user alone where it is missing. */
export function homeFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = env.PYREPL3_HOME || usualFolder(env);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function usualFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'PyREPL3');
  }
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'pyrepl3');
}
