/** What CPython itself does with the same code, to compare with. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interpreter } from './interpreters.ts';

/** Type the code at the interpreter's own prompt; return what it shows. */
export function typed(python: Interpreter, code: string): string {
  const { stdout } = spawnSync(python.executable, ['-i', '-q', '-u'], {
    input: `${code}\n\n`,
    encoding: 'utf8',
    env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
  });
  return stdout;
}

/** Run the code as a file; return what it says on its standard error, with `name` for the file's name. */
export function complained(python: Interpreter, code: string, name: string, colours = false): string {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  try {
    const file = join(folder, 'file.py');
    writeFileSync(file, code);
    return complaint(python, [file], colours).replaceAll(file, name);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const COMPILE = `
import sys, traceback
try:
    compile(sys.argv[1], sys.argv[2], "exec")
except SyntaxError as error:
    sys.stderr.write("".join(traceback.format_exception_only(type(error), error)))
`;

/** Compile the code from a text of that name; return what the `traceback` module says of it. */
export function refused(python: Interpreter, code: string, name: string): string {
  return complaint(python, ['-c', COMPILE, code, name], false);
}

function complaint(python: Interpreter, args: string[], colours: boolean): string {
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8', ...(colours && { FORCE_COLOR: '1' }) };
  return spawnSync(python.executable, args, { encoding: 'utf8', env }).stderr;
}
