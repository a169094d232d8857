/** Reads the command line with which the window was started. */

import path from 'node:path';
import { parseArgs } from 'node:util';

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
  const { values, positionals } = parseArgs({
    args: line.slice(1),
    options: { python: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const file = positionals[named ? 1 : 0];
  return {
    python: typeof values.python === 'string' ? values.python : null,
    file: file === undefined ? null : path.resolve(folder, file),
    folder,
  };
}
