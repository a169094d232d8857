/** The one line with which a console begins. */

import { homedir } from 'node:os';
import { sep } from 'node:path';
import type { Ready } from '../contract/messages.ts';

export function bannerLine(python: Ready, folder: string): string {
  return `· ${pythonName(python)} · ${shortFolder(folder)} · F1 help`;
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
