/** Reads the command line with which the window was started. */

import path from 'node:path';

export interface Asked {
  /** The interpreter; `null` where none was named. */
  python: string | null;
  /** A script to open, or a saved session to look into. */
  file: string | null;
  /** Where the session starts. */
  folder: string;
}

/**
 * Take our own words out of a command line; Chromium's switches in between are left alone.
 *
 * `named` says that the application's own path follows the executable, as it does from a checkout.
 */
export function readArguments(line: readonly string[], named: boolean, folder = process.cwd()): Asked {
  const words = line.slice(1);
  const asked: Asked = { python: null, file: null, folder };
  let skip = named ? 1 : 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--python') {
      index += 1;
      asked.python = words[index] ?? null;
    } else if (word.startsWith('--python=')) {
      asked.python = word.slice('--python='.length);
    } else if (!word.startsWith('-')) {
      if (skip > 0) skip -= 1;
      else asked.file ??= path.resolve(folder, word);
    }
  }
  return asked;
}
