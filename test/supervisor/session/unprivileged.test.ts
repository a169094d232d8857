/** States of an ordinary user without any privilege, in a session without a terminal. */

import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSession } from '../../../electron/supervisor/session.ts';
import { isAlive } from '../../support/processes.ts';
import { until } from '../../support/until.ts';

const SYSTEM_PYTHON = '/usr/bin/python3';
const SETPRIV = '/usr/bin/setpriv';
const NOBODY = 65_534;
const canBecomeNobody = process.getuid?.() === 0 && existsSync(SYSTEM_PYTHON) && existsSync(SETPRIV);

const WITHOUT_PRIVILEGES = '--no-new-privs --bounding-set=-all';

/** A program that runs Python as nobody, and a file for what it prints. */
function surroundings(privileges = WITHOUT_PRIVILEGES) {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  const python = join(folder, 'python');
  const options = `--reuid=${NOBODY} --regid=${NOBODY} --clear-groups ${privileges}`;
  writeFileSync(python, `#!/bin/sh\nexec ${SETPRIV} ${options} ${SYSTEM_PYTHON} "$@"\n`, { mode: 0o755 });
  const output = openSync(join(folder, 'output'), 'a+');
  onTestFinished(() => {
    closeSync(output);
    rmSync(folder, { recursive: true });
  });
  return { folder, python, output, printed: () => readFileSync(join(folder, 'output'), 'utf8') };
}

it.skipIf(!canBecomeNobody)('are kept, gone back to and recovered, with threads', async () => {
  const { python, output, printed } = surroundings();
  const session = openSession({ python, streams: { stdin: 'ignore', stdout: output, stderr: output } });
  onTestFinished(() => session.close());
  await session.whenReady();
  const seen = async (code: string) => {
    const from = printed().length;
    expect((await session.run(`print(${code})`)).outcome).toBe('ok');
    return printed().slice(from).trim();
  };
  expect(await seen('__import__("os").getuid()')).toBe(String(NOBODY));
  await session.run('import threading, queue; asked, told = queue.Queue(), queue.Queue(); data = [1]');
  await session.run(
    'def serve():\n    while True: told.put(asked.get() + 1)\nthreading.Thread(target=serve, daemon=True).start()',
  );
  await session.run('data.clear()');
  await session.undo();
  expect(await seen('data, asked.put(1), told.get(timeout=10)')).toBe('[1] None 2');
  expect((await session.run('data.clear(); import os; os.abort()')).outcome).toBe('died');
  expect(await seen('data, asked.put(2), told.get(timeout=10)')).toBe('[1] None 3');
  const loop = session.run('data.clear()\nwhile True: pass');
  session.kill();
  expect((await loop).outcome).toBe('died');
  expect(await seen('data, asked.put(3), told.get(timeout=10)')).toBe('[1] None 4');
});

it.skipIf(!canBecomeNobody)('are kept with a file that may not be opened any more', async () => {
  const { python, output, printed } = surroundings();
  const session = openSession({ python, streams: { stdin: 'ignore', stdout: output, stderr: output } });
  onTestFinished(() => session.close());
  await session.whenReady();
  const make =
    'import os, tempfile; f = tempfile.NamedTemporaryFile(buffering=0); _ = f.write(b"one"); os.chmod(f.name, 0)';
  expect((await session.run(make)).outcome).toBe('ok');
  await session.run('n = 1');
  await session.undo();
  await session.run('print(f.seek(0), f.read())');
  // As it was, or closed to its user, with a reason.
  expect(printed()).toMatch(/^0 b'one'\n$|OSError: .*Bad file descriptor/);
  expect((await session.run('f.close()')).outcome).toBe('ok');
});

/** A program that only nobody's group may execute, and that makes root of whoever does: a small sudo. */
function becomeRoot(folder: string): string {
  const program = join(folder, 'become-root');
  copyFileSync(SETPRIV, program);
  for (const [path, mode] of [
    [program, 0o4710],
    [folder, 0o710],
  ] as const) {
    chownSync(path, 0, NOBODY);
    chmodSync(path, mode);
  }
  return `"${program}", "--ruid=0", "--euid=0", "sleep", "1000"`;
}

it.skipIf(!canBecomeNobody)('are not held up by a child that nobody may kill, nor is the end', async () => {
  const { folder, python, output, printed } = surroundings('');
  const session = openSession({ python, streams: { stdin: 'ignore', stdout: output, stderr: output } });
  onTestFinished(() => session.close());
  await session.whenReady();
  await session.run('import subprocess; kept = [1]');
  await session.run(`print(subprocess.Popen([${becomeRoot(folder)}]).pid)`);
  const child = Number(printed());
  onTestFinished(() => void process.kill(child, 'SIGKILL'));
  await until(
    () => readFileSync(`/proc/${child}/status`, 'utf8').includes('Uid:\t0\t0\t0'),
    () => 'the child to be root',
  );
  await session.restart();
  await session.goTo(1);
  await session.run('print(kept)');
  expect(printed()).toBe(`${child}\n[1]\n`);
  await session.close();
  expect(isAlive(child)).toBe(true);
});
