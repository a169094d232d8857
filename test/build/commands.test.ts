/** The commands that start the program: what they print is the program's alone. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';

/** Less than a test has, so that what hangs is ended and seen. */
const PATIENCE_MS = 20_000;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run -s pyrepl3', () => {
  it('runs a file that is named from the folder in which npm was called', () => {
    writeFileSync(join(folder, 'hello.py'), 'print("hello")\n');
    expect(npm('run', '-s', 'pyrepl3', '--', 'run', 'hello.py')).toEqual({
      status: 0,
      stdout: 'hello\n',
      stderr: '',
    });
  });

  it('ends with the exit status of the program', () => {
    writeFileSync(join(folder, 'leave.py'), 'import sys\nsys.exit(7)\n');
    expect(npm('run', '-s', 'pyrepl3', '--', 'run', 'leave.py').status).toBe(7);
  });

  it('answers --version with one line', () => {
    expect(npm('run', '-s', 'pyrepl3', '--', '--version')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });
});

describe('npm start', () => {
  it('runs piped input as a batch, without a line of its own', () => {
    expect(node('start.mjs', 'x = 6 * 7\nx\n')).toEqual({ status: 0, stdout: '42\n', stderr: '' });
  });

  it('ends with the status of the batch', () => {
    expect(node('start.mjs', 'raise SystemExit(3)\n').status).toBe(3);
  });
});

describe('npm run setup', () => {
  it('has nothing to do the second time, from whatever folder it is called', () => {
    node('setup.mjs');
    const { status, stderr } = node('setup.mjs');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^· Everything is set up, with Electron [\d.]+\.\n$/),
    });
  });
});

function npm(...args: string[]) {
  return run('npm', ['--prefix', ROOT, ...args]);
}

function node(script: string, input?: string) {
  return run(process.execPath, [join(ROOT, 'build', script)], input);
}

function run(program: string, args: string[], input?: string) {
  const env = { ...process.env, PYREPL3_HOME: join(folder, 'home') };
  const options = { cwd: folder, env, input, encoding: 'utf8', timeout: PATIENCE_MS } as const;
  const { status, stdout, stderr } = spawnSync(program, args, options);
  return { status, stdout, stderr: stderr.replace(/^npm warn .*\n/gm, '') };
}
