/** The lines with which a console begins, and begins again. */

import { homedir } from 'node:os';
import { sep } from 'node:path';
import type { Ready } from '../../contract/messages.ts';
import { isReachable } from '../../contract/state-tree.ts';
import type { Session } from '../../supervisor/session.ts';

export function bannerLine(python: Ready, folder: string): string {
  return `· ${pythonName(python)} · ${shortFolder(folder)} · F1 help`;
}

/** After a restart; `before` is the state that the session was in, which may still be there. */
export function startedAgainLine({ python, state, states }: Session, before: number): string {
  const isThere = before !== state.id && states.some((each) => each.id === before && isReachable(each));
  const back = isThere ? ` · %goto ${before} goes back to before` : '';
  return `· ${python ? pythonName(python) : 'Python'} started again, with no names${back}`;
}

/** The language and its version; the implementation where it is not the usual one. */
export function pythonName(python: Ready): string {
  return `${python.implementation === 'CPython' ? 'Python' : python.implementation} ${python.python}`;
}

/** A path as people write it: their own folder is `~`. */
export function shortFolder(folder: string, home: string = homedir()): string {
  if (folder === home) {
    return '~';
  }
  return folder.startsWith(home + sep) ? `~${folder.slice(home.length)}` : folder;
}
