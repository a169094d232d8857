/** What `--help` and `--version` print. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const USAGE = `PyREPL3, a Python REPL whose state cannot be lost.

  pyrepl3                        the window; without a display, the console
  pyrepl3 console [FILE]         the console in this terminal; FILE is run first
  pyrepl3 run FILE               run a file as if each statement had been typed
  … | pyrepl3                    the same with standard input

Options
  --python PATH    the interpreter (else that of VIRTUAL_ENV, else python3)
  --keep-going     run: go on after an exception; the status is 1 at the end
  --answers FILE   run: what input() and sys.stdin read
  --help           this text
  --version        the version

Exit status of run: 0; 1 after an uncaught exception; n after sys.exit(n);
2 where the command line or the script cannot be used; 130 after Ctrl-C.
PYREPL3_HOME is the folder in which settings and history are kept.
`;

/** The version, from the package's manifest; sources and bundle alike lie two folders below it. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
  return String(manifest.version);
}
