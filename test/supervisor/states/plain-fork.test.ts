/** Where the native part is missing a copy holds nothing either: it is made beside nothing that is open. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';
import { withoutNative } from '../../support/without-native.ts';

const PARTLY = 'only names and plain values came back, as the process could not be copied';

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'data.bin');
}

/** Run code, and wait until it is known whether there is a copy. */
async function keeps(trial: Trial, code: string): Promise<string> {
  const output = await trial.says(code);
  await until(
    () => trial.session.state.copy !== 'pending',
    () => `the state to be kept: ${JSON.stringify(trial.session.state)}`,
  );
  return output;
}

onPythons(ONE, 'a session without the native part', (python) => {
  it('is undone where nothing is open, and says that it can do no more', async () => {
    const trial = openTrial(withoutNative(python));
    const { capabilities } = await trial.session.whenReady();
    expect(capabilities).not.toContain('native');
    await keeps(trial, 'numbers = iter(range(9)); next(numbers)');
    expect(trial.session.state.copy).toBe('frozen');
    await keeps(trial, 'next(numbers)');
    expect((await trial.session.undo()).notes).toEqual([]);
    expect(await trial.says('next(numbers)')).toBe('1\n');
    expect((await trial.run('import os; os._exit(1)')).outcome).toBe('died');
    expect(await trial.says('next(numbers)')).toBe('2\n');
  });

  it('lets children see the end of their input', async () => {
    const trial = openTrial(withoutNative(python));
    await keeps(trial, 'import subprocess; pipe = subprocess.PIPE');
    await keeps(trial, 'p = subprocess.Popen(["sort"], stdin=pipe, stdout=pipe, universal_newlines=True)');
    expect(trial.session.state).toMatchObject({
      copy: 'noted',
      reason: expect.stringMatching(
        /^the native part is missing, and a copy would keep a pipe open \(descriptor \d+\)$/,
      ),
    });
    await keeps(trial, '_ = p.stdin.write("b\\na\\n")');
    expect(await keeps(trial, 'print(p.communicate(timeout=10))')).toBe("('a\\nb\\n', None)\n");
    await keeps(trial, 'n = 1');
    expect(trial.session.state.copy).toBe('frozen');
  });

  it('keeps no lock of a file that was closed', async () => {
    const file = newFile();
    const trial = openTrial(withoutNative(python));
    await keeps(trial, `import fcntl; f = open(${JSON.stringify(file)}, "w")`);
    await keeps(trial, 'fcntl.flock(f, fcntl.LOCK_EX)');
    expect(canBeLocked(python.executable, file)).toBe(false);
    await keeps(trial, 'f.close()');
    expect(canBeLocked(python.executable, file)).toBe(true);
    await trial.session.undo();
    expect(canBeLocked(python.executable, file)).toBe(true);
  });

  it('says what an undo beside an open file brought back', async () => {
    const trial = openTrial(withoutNative(python));
    await keeps(trial, `f = open(${JSON.stringify(newFile())}, "w"); n = 1`);
    await keeps(trial, 'n = 2');
    expect((await trial.session.undo()).notes).toEqual([PARTLY]);
    expect(await trial.says('n, f.closed')).toBe('(1, False)\n');
  });
});

/** Whether another process gets the lock of a file at once. */
function canBeLocked(python: string, file: string): boolean {
  const code = `
import fcntl, sys
try: fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX | fcntl.LOCK_NB); print("yes")
except OSError: print("no")`;
  return execFileSync(python, ['-c', code, file], { encoding: 'utf8' }) === 'yes\n';
}
