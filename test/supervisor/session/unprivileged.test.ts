/** States of an ordinary user without any privilege, in a session without a terminal. */

import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSession } from '../../../electron/supervisor/session.ts';

const SYSTEM_PYTHON = '/usr/bin/python3';
const SETPRIV = '/usr/bin/setpriv';
const NOBODY = 65_534;
const canBecomeNobody = process.getuid?.() === 0 && existsSync(SYSTEM_PYTHON) && existsSync(SETPRIV);

/** A program that runs Python as nobody, and a file for what it prints. */
function surroundings() {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  const python = join(folder, 'python');
  const options = `--reuid=${NOBODY} --regid=${NOBODY} --clear-groups --no-new-privs --bounding-set=-all`;
  writeFileSync(python, `#!/bin/sh\nexec ${SETPRIV} ${options} ${SYSTEM_PYTHON} "$@"\n`, { mode: 0o755 });
  const output = openSync(join(folder, 'output'), 'a+');
  onTestFinished(() => {
    closeSync(output);
    rmSync(folder, { recursive: true });
  });
  return { python, output, printed: () => readFileSync(join(folder, 'output'), 'utf8') };
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
