/** A fresh checkout: whatever starts a session builds the native part first, or the session says that it is missing. */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { ROOT, SETUP } from '../../build/places.mjs';
import { PYTHONS } from '../support/pythons.ts';

const PATIENCE_MS = 60_000;
const COPIED = ['build', 'electron', 'python', 'package.json', 'package-lock.json', 'vite.config.ts'];
const LIMITED =
  'pyrepl3: undo is limited: the native part is missing, so runs beside threads or open files ' +
  'cannot be undone as a whole; `npm run setup` builds it\n';

/** Something is open when the copy is made that the undo goes back to. */
const SCRIPT = 'import os; ends = os.pipe(); n = 1\nn = 2\n%undo\nn\n';

let clone: string;
let native: string;

beforeAll(() => freshProgram());

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'pyrepl3-clone-'));
  native = join(clone, '.setup', 'native');
  // The bundle last: it is stale where a source is younger.
  for (const name of [...COPIED, 'dist/cli'])
    cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  mkdirSync(join(clone, '.setup'));
  symlinkSync(join(SETUP, 'python-packages'), join(clone, '.setup', 'python-packages'));
});

afterEach(() => rmSync(clone, { recursive: true }));

describe.runIf(process.platform === 'linux')('a fresh checkout', { timeout: PATIENCE_MS }, () => {
  it.each(['start.mjs', 'pyrepl3.mjs'])('builds the native part with %s, once, and says so', (script) => {
    const first = run(script);
    expect(first).toEqual({ status: 0, stdout: expect.stringMatching(/^1$/m), stderr: expect.any(String) });
    expect(first.stderr).toMatch(/^· Building the native part for \w+ …$/m);
    expect(first.stderr).not.toContain('undo is limited');
    expect(first.stderr).not.toContain('only names and plain values');
    expect(objects()).toHaveLength(1);
    expect(run(script).stderr).not.toContain('Building');
  });

  it('builds it anew when the object is gone', () => {
    cpSync(join(SETUP, 'native'), native, { recursive: true });
    expect(run('pyrepl3.mjs').stderr).not.toContain('Building');
    for (const object of objects()) rmSync(join(native, object));
    expect(run('pyrepl3.mjs').stderr).toContain('Building the native part');
    expect(objects()).toHaveLength(1);
  });

  it('builds nothing for what begins no session', () => {
    expect(run('pyrepl3.mjs', ['--version'])).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(native)).toBe(false);
  });

  it('goes on without a compiler, with the command to get one, and each session says what is missing', () => {
    const first = run('pyrepl3.mjs', [], withoutCompiler());
    expect(first.stdout).toMatch(/^1$/m);
    expect(first.stderr).toContain('· The native part cannot be built: ');
    expect(first.stderr).toContain('·   sudo apt-get install gcc libc6-dev\n');
    expect(first.stderr).toContain(LIMITED);
    const second = run('pyrepl3.mjs', [], withoutCompiler());
    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).toMatch(new RegExp(`^${LIMITED}`));
    expect(second.stderr).not.toContain('cannot be built');
    expect(second.stderr).toContain('only names and plain values came back');
  });
});

/** A PATH on which there is Python, and neither a compiler nor a way to install one. */
function withoutCompiler(): string {
  const folder = join(clone, 'programs');
  mkdirSync(folder, { recursive: true });
  const python = join(folder, 'python3');
  if (!existsSync(python)) symlinkSync(PYTHONS.at(-1)?.executable ?? '', python);
  return folder;
}

function objects(): string[] {
  return readdirSync(native).filter((name) => name.endsWith('.so'));
}

function run(script: string, args: string[] = [], path = process.env.PATH ?? '') {
  const env = { ...process.env, PATH: path, PYREPL3_HOME: join(clone, 'home') };
  const options = { cwd: clone, env, input: SCRIPT, encoding: 'utf8', timeout: PATIENCE_MS } as const;
  const program = join(clone, 'build', script);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options);
  return { status, stdout, stderr };
}
