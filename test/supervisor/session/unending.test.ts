/** A child that does not end when it is killed holds a session up for a bounded time, and once. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

/** Somebody else's debugger, which never looks: whom it watches is killed, and cannot be waited for until it goes. */
const WATCH = `
import ctypes, sys, time
trace = ctypes.CDLL(None).ptrace
trace.argtypes = [ctypes.c_long] * 4
PTRACE_SEIZE = 0x4206
print(trace(PTRACE_SEIZE, int(sys.argv[1]), 0, 0), flush=True)
time.sleep(1000)
`;
const PATIENCE_MS = 10_000;
const A_MOMENT_MS = 5_000;

onPythons(ONE, 'a child that does not end', (python) => {
  it('is waited for in vain once, by a restart, and not again by the end', { timeout: 60_000 }, async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says('import subprocess; kept = [1]');
    const child = (await trial.says('print(subprocess.Popen(["sleep", "1000"]).pid)')).trim();
    const watcher = spawn(python.executable, ['-c', WATCH, child], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void watcher.kill('SIGKILL'));
    expect(String((await once(watcher.stdout, 'data'))[0])).toMatch(/^0/);

    const begin = performance.now();
    await session.restart();
    expect(performance.now() - begin).toBeLessThan(PATIENCE_MS + A_MOMENT_MS);
    await session.goTo(2);
    expect(await trial.says('kept')).toBe('[1]\n');
    const last = performance.now();
    await session.restart();
    await session.close();
    expect(performance.now() - last).toBeLessThan(A_MOMENT_MS);
  });
});
