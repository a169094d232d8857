/** What `--help` and `--version` print. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const USAGE = `PyREPL3, a Python REPL whose state cannot be lost.

  pyrepl3                        the window; without a display, the console
  pyrepl3 console [FILE]         the console in this terminal; FILE is run first
  pyrepl3 run FILE [WORDS…]      run a file as if each statement had been typed;
                                 sys.argv is FILE and the words that follow it
  … | pyrepl3                    the same with standard input
  pyrepl3 checkpoints            the saved sessions; with --help, what can be done with them
  pyrepl3 mcp                    Python sessions for agents; with --help, how
  pyrepl3 inspect FILE           what an exported checkpoint holds; nothing of it is run

Options, before FILE
  --python PATH    the interpreter (else that of VIRTUAL_ENV, else python3)
  --keep-going     run: go on after an exception; the status is 1 at the end
  --answers FILE   run: what input() and sys.stdin read
  --restore NAME   begin with a saved session
  --help           this text
  --version        the version

Exit status of run: 0; 1 after an uncaught exception; n after sys.exit(n);
2 where the command line or the script cannot be used; 130 after Ctrl-C.
PYREPL3_HOME is the folder in which settings and history are kept.
`;

export const CHECKPOINTS_USAGE = `Saved sessions. NAME is a checkpoint's name, its id or the beginning of that.

  pyrepl3 checkpoints                   list them, the newest first
  pyrepl3 checkpoints show NAME         what one holds, and whether it is whole
  pyrepl3 checkpoints compare A B       which names differ, from A to B
  pyrepl3 checkpoints rename NAME NEW   "" for NEW takes the name away
  pyrepl3 checkpoints delete NAME…      permanently
  pyrepl3 checkpoints export NAME FILE  its names and code in one file, NAME.pyrepl3
  pyrepl3 checkpoints import FILE       take in such a file
  pyrepl3 inspect FILE                  what such a file holds; nothing of it is run

Options
  --json   what is told as JSON, for programs
  --all    export: also what was printed and typed, the script, and changed environment variables
  --yes    delete, export: without a question, over what is there
  --trust  import: a checkpoint that was not made here, whose code runs when it is restored

Exit status: 0; 1 where what is shown or inspected is damaged; 2 where it cannot be
done.
`;

/** The version, from the package's manifest; sources and bundle alike lie two folders below it. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
  return String(manifest.version);
}
