/** How a Python ends, and what is said of it. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { background } from '../../../electron/supervisor/platform/background.ts';
import { findInterpreter } from '../../../electron/supervisor/platform/interpreter.ts';
import { logFile } from '../../../electron/supervisor/platform/log.ts';
import { HostProcess } from '../../../electron/supervisor/protocol/host-process.ts';
import type { Death } from '../../../electron/supervisor/session.ts';
import { isAlive } from '../../support/processes.ts';
import { ONE, onPythons, PYTHONS } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';
import { newHome } from '../../support/store.ts';
import { startSupervisor } from '../../support/supervisor.ts';
import { until } from '../../support/until.ts';

const EXITS = [
  ['exit()', 0],
  ['quit(4)', 4],
  ['import sys; sys.exit(3)', 3],
  ['import sys; sys.exit()', 0],
  ['import sys; sys.exit("why")', 1],
  ['raise SystemExit', 0],
  ['def f():\n    try:\n        raise SystemExit(6)\n    finally:\n        print("finally")\nf()', 6],
] as const;

const DEATHS = [
  { code: 'import os; os._exit(3)', status: 3, signal: null, words: 'Python ended: exit status 3' },
  {
    code: 'import os; os.kill(os.getpid(), 11)',
    signal: 'SIGSEGV',
    words: 'Python ended: segmentation fault (SIGSEGV)',
  },
  {
    code: 'exec("def crash():\\n    __import__(\'faulthandler\')._sigsegv()\\ncrash()")',
    signal: 'SIGSEGV',
    words: 'Python ended: segmentation fault (SIGSEGV) in crash',
  },
  { code: 'import os; os.abort()', signal: 'SIGABRT', words: 'aborted (SIGABRT)' },
  { code: 'import os; os.kill(os.getpid(), 9)', signal: 'SIGKILL', words: 'SIGKILL' },
  { code: 'import os; os.kill(os.getpid(), 15)', signal: 'SIGTERM', words: 'SIGTERM' },
  { code: 'import os; os.kill(os.getpid(), 34)', signal: 'SIGRTMIN', words: 'SIGRTMIN' },
];

/** Python knows nothing of the thread. */
const ABORTING = `
libc = ctypes.CDLL(None)
libc.pthread_create.argtypes = [ctypes.c_void_p] * 4
_ = libc.pthread_create((ctypes.c_ulong * 1)(), None, ctypes.cast(libc.abort, ctypes.c_void_p), None)`;

onPythons(ONE, 'the end', (python) => {
  it.each(EXITS)('comes with the status that was asked for: %s', async (code, status) => {
    const trial = openTrial(python);
    await trial.says('import atexit; _ = atexit.register(print, "goodbye")');
    const { outcome, end } = await trial.run(code);
    expect([outcome, end?.status, end?.signal, end?.asked]).toEqual(['exiting', status, null, true]);
    expect(trial.text).toContain('goodbye\n');
    expect(trial.session.status.kind).toBe('ended');
    if (code.includes('why')) expect(trial.text).toContain('why\n');
  });

  it.each(DEATHS)('by itself is told by its name: $code', async ({ code, status = null, signal, words }) => {
    const trial = openTrial(python);
    await trial.says('before = [1]');
    const waiting = trial.session.run(`before.append(2); ${code}`);
    const next = trial.session.run('print("never")');
    const { outcome, end } = await waiting;
    expect([outcome, end?.status, end?.signal, end?.asked]).toEqual(['died', status, signal, false]);
    expect(end?.words).toContain(words);
    expect(await next).toMatchObject({ outcome: 'died' });
    // It costs the run, and nothing else.
    expect(trial.session.status.kind).toBe('idle');
    expect(await trial.says('before')).toBe('[1]\n');
    expect(trial.text).not.toContain('never');
  });

  it('of the host ends all, and the session can be started again', async () => {
    const trial = openTrial(python);
    await trial.says('before = [1]');
    const { outcome, end } = await trial.run('import os, time; os.kill(os.getppid(), 9); time.sleep(10)');
    expect([outcome, end?.status, end?.signal, end?.asked]).toEqual(['died', null, null, false]);
    expect(end?.words).toContain('Python ended: its host, which would know why, was killed');
    expect(trial.session.status.kind).toBe('ended');
    expect(await trial.session.run('1')).toMatchObject({ outcome: 'died' });
    await trial.session.restart();
    expect(await trial.says('1 + 1')).toBe('2\n');
    expect((await trial.run('before')).failure?.type).toBe('NameError');
  });

  it('of the host by a fault is told by its signal, to the user and to the log', async () => {
    vi.stubEnv('PYREPL3_HOME', newHome());
    onTestFinished(() => void vi.unstubAllEnvs());
    const trial = openTrial(python);
    const { end } = await trial.run('import os, time; os.kill(os.getppid(), 11); time.sleep(10)');
    expect(end?.words).toBe('Python ended: its host, which would know why, was ended by SIGSEGV');
    expect(readFileSync(logFile(), 'utf8')).toContain('Python’s host ended\n  by SIGSEGV');
  });

  it('of a host that fails in itself names the log, which has its traceback', async () => {
    vi.stubEnv('PYREPL3_HOME', newHome());
    const { signal } = HostProcess.prototype;
    // A signal that no system has: the host does not know what to do.
    const wrong = vi.spyOn(HostProcess.prototype, 'signal').mockImplementation(function (this: HostProcess) {
      signal.call(this, 'SIGNONE' as 'SIGINT');
    });
    onTestFinished(() => {
      vi.unstubAllEnvs();
      wrong.mockRestore();
    });
    const trial = openTrial(python);
    const running = trial.run('input()');
    await trial.asks();
    trial.session.interrupt();
    expect((await running).outcome).toBe('died');
    const { status } = trial.session;
    const words = status.kind === 'ended' ? status.end.words : '';
    const error = "module '_signal' has no attribute 'SIGNONE'";
    expect(words).toContain(`Python ended: its host failed in itself (AttributeError: ${error}`);
    expect(words).toContain(`; its traceback is in ${logFile()}`);
    const log = readFileSync(logFile(), 'utf8');
    expect(log).toMatch(
      /Python’s host failed\n {2}Traceback \(most recent call last\):\n {4}File .*host\.py/,
    );
    await trial.session.restart();
    expect(await trial.says('1 + 1')).toBe('2\n');
  });

  it('by a fault names the function that it befell, beside other threads', async () => {
    const trial = openTrial(python);
    await trial.says(`
import faulthandler, threading
waiting = threading.Event()
def loop(): waiting.set(); threading.Event().wait()
def bad(): threading.Thread(target=faulthandler._sigsegv).run()
threading.Thread(target=loop, daemon=True).start(); waiting.wait() and None`);
    const { end } = await trial.run('bad()');
    const place = 'in bad, line 5 of <python-input-1>, within run';
    expect(end?.words).toBe(`Python ended: segmentation fault (SIGSEGV) ${place}`);
    expect(end?.stack?.split('\n').slice(0, 5)).toEqual([
      'Fatal Python error: Segmentation fault',
      '',
      'Innermost line of the program:',
      '  File "<python-input-1>", line 5 in bad',
      '',
    ]);
    expect(end?.stack?.indexOf('in bad')).toBeLessThan(end?.stack?.indexOf('in loop') ?? 0);
    expect(end?.stack).not.toContain('launch.py');
  });

  it.each([
    ['in no thread of Python’s', `${ABORTING}\n_ = time.sleep(1000)`, 'aborted (SIGABRT)'],
    [
      'between runs',
      'threading.Timer(0.2, os.kill, [os.getpid(), 11]).start()',
      'segmentation fault (SIGSEGV)',
    ],
    [
      'in code without a function',
      `n = 1\nos.kill(os.getpid(), 11)`,
      'segmentation fault (SIGSEGV) in line 2 of <python-input-2>',
    ],
  ])('by a fault %s names no other thread’s function', async (_, code, words) => {
    const trial = openTrial(python);
    await trial.says(
      'import ctypes, os, threading, time\ndef loop(): time.sleep(1000)\n' +
        'threading.Thread(target=loop, daemon=True).start()',
    );
    const death = once(trial.session, 'death') as Promise<[Death]>;
    background(trial.session.run(code), 'ending Python');
    const [{ end }] = await death;
    expect(end.words).toBe(`Python ended: ${words}`);
  });

  it('by a fault has the stack of the Python code', async () => {
    const trial = openTrial(python);
    await trial.says('import faulthandler\ndef inner():\n    faulthandler._sigsegv()\n');
    const { end } = await trial.run('def outer():\n    inner()\nouter()');
    expect(end?.stack).toMatch(
      /Segmentation fault[\s\S]*"<python-input-1>", line 3 in inner\n[\s\S]*"<python-input-2>", line 2 in outer/,
    );
    expect(end?.stack).not.toContain('pyrepl3/');
  });

  it('keeps what was printed before it', async () => {
    const trial = openTrial(python);
    const { output } = await trial.run(
      'for i in range(3000): print(i)\nprint("last", end="", flush=True)\nimport os; os._exit(3)',
    );
    expect(output.endsWith('2999\nlast')).toBe(true);
  });

  it('by a hang-up of its own children is none', async () => {
    const trial = openTrial(python);
    await trial.says('import os\nif os.fork() == 0: os._exit(3)\n');
    await trial.says('if os.fork() == 0: os.kill(os.getpid(), 11)\n');
    expect(await trial.says('sorted(os.wait()[1] & 127 for _ in range(2))')).toBe('[0, 11]\n');
  });

  it('of a forked child that leaves the run is its own', async () => {
    const trial = openTrial(python);
    expect(
      await trial.says(
        'import os\npid = os.fork()\nif pid: _ = os.waitpid(pid, 0)\nprint("parent" if pid else "child")',
      ),
    ).toBe('child\nparent\n');
    expect(await trial.says('1 + 1')).toBe('2\n');
  });

  it('of a forked child has the status that it asks for', async () => {
    const trial = openTrial(python);
    await trial.says('import os, sys\npid = os.fork()\nif not pid: sys.exit(5)\n');
    expect(await trial.says('os.waitpid(pid, 0)[1] >> 8')).toBe('5\n');
  });

  it('takes all children with it, but not what left the session', async () => {
    const trial = openTrial(python);
    await trial.says('import subprocess, sys');
    const started = await trial.says(`
stubborn = "import signal, time\\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\\nprint('on', flush=True)\\ntime.sleep(1000)"
children = [subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE) for _ in range(2)]
_ = [child.stdout.readline() for child in children]
daemon = subprocess.Popen(["sleep", "1000"], start_new_session=True)
print(*[child.pid for child in children], daemon.pid)
`);
    const [one = 0, other = 0, daemon = 0] = started.trim().split(' ').map(Number);
    await trial.session.restart();
    await until(
      () => !isAlive(one) && !isAlive(other),
      () => 'the children to end',
    );
    expect(isAlive(daemon)).toBe(true);
    process.kill(daemon, 'SIGKILL');
    expect(await trial.says('2')).toBe('2\n');
  });

  it('by lack of memory leaves a session that says why and starts again', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**28, resource.RLIM_INFINITY))',
    );
    const { outcome, failure } = await trial.run('hoard = []\nwhile True: hoard.append(bytearray(2**16))');
    expect(failure?.type ?? outcome).toMatch(/MemoryError|died/);
    if (outcome !== 'died') expect(await trial.says('del hoard\n1')).toBe('1\n');
    await trial.session.restart();
    expect(await trial.says('1')).toBe('1\n');
  });

  it('leaves nothing in this process', async () => {
    // Timers come and go with the test runner.
    const resources = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => name !== 'Timeout')
        .sort()
        .join();
    // Those of the test before may still be going.
    await until(
      () => !resources().includes('ProcessWrap'),
      () => `no process to be left among ${resources()}`,
    );
    const before = resources();
    const trial = openTrial(python);
    await trial.says('1');
    await trial.session.restart();
    await trial.session.close();
    await until(
      () => resources() === before,
      () => `${before} to be all, not ${resources()}`,
    );
    await expect(trial.session.restart()).rejects.toThrow('The session is closed');
  });
});

it('of a start that fails is told in words', async () => {
  const [python] = PYTHONS;
  if (!python) throw new Error('There is no Python');
  const absent = openTrial({ version: '3.0', executable: '/no/such/python' });
  await expect(absent.session.whenReady()).rejects.toThrow('/no/such/python could not be started');
  const wrong = openTrial({ version: '3.0', executable: '/bin/true' });
  await expect(wrong.session.whenReady()).rejects.toThrow('could not be started');
  expect(() => findInterpreter('no-such-python')).toThrow('There is no Python at no-such-python');
});

onPythons(ONE, 'the end of the supervisor', (python) => {
  it.each([
    ['an idle session', 'print("on")'],
    ['a busy one', 'print("on")\nwhile True: pass'],
    ['one that floods', 'print("on")\nwhile True: print("x" * 1000)'],
    ['one that asks', 'print("on")\ninput("? ")'],
    [
      'a stubborn one',
      'import signal\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\nprint("on")\nwhile True: pass',
    ],
    [
      'one with stubborn children',
      'import multiprocessing, subprocess, time\ncontext = multiprocessing.get_context("spawn")\n' +
        'pool = context.Pool(1)\n_ = pool.map(abs, range(4))\n' +
        'if __import__("os").fork() == 0: time.sleep(1000)\n' +
        'subprocess.Popen(["sh", "-c", "trap \'\' HUP INT TERM; echo on; while :; do sleep 1; done"])',
    ],
  ])('by SIGKILL ends %s', { timeout: 60_000 }, async (_, code) => {
    const supervisor = await startSupervisor(python, code);
    await until(
      () => supervisor.said().includes('on\r\n'),
      () => `the session to print, not ${supervisor.said()}`,
    );
    expect(supervisor.processes().length).toBeGreaterThan(2);
    supervisor.kill();
    await until(
      () => supervisor.processes().length === 0,
      () => `no process to be left of ${supervisor.processes()}`,
    );
  });
});
