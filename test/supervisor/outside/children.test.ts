/** Child processes are the program's own also after an undo, a crash or a kill: it can wait for them and end them. */

import { expect, it } from 'vitest';
import { isAlive } from '../../support/processes.ts';
import { isSince, OLD_AND_NEW, ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';
import { withoutNative } from '../../support/without-native.ts';

const WITHIN = { timeout: 30_000 };

/** A run that does nothing, and its undoing: another process is the live one now. */
async function undoNothing(trial: Trial): Promise<void> {
  await trial.says('nothing = None');
  await trial.session.undo();
}

async function isEnded(pid: number): Promise<void> {
  await until(
    () => !isAlive(pid),
    () => `process ${pid} to end`,
  );
}

onPythons(ONE, 'a child that lives', (python) => {
  it('can be polled, ended and waited for after an undo', async () => {
    const trial = openTrial(python);
    await trial.says('import subprocess, os, signal');
    await trial.says('child = subprocess.Popen(["sleep", "1000"])');
    await undoNothing(trial);
    expect(await trial.says('child.poll(), os.waitpid(child.pid, os.WNOHANG)')).toBe('(None, (0, 0))\n');
    expect(
      await trial.says('try: child.wait(timeout=0.1)\nexcept subprocess.TimeoutExpired: print("goes on")\n'),
    ).toBe('goes on\n');
    expect(await trial.says('child.terminate(); child.wait(), child.poll(), child.returncode')).toBe(
      '(-15, -15, -15)\n',
    );
    const gone = await trial.run('os.kill(child.pid, 0)');
    expect(gone.failure?.type).toBe('ProcessLookupError');
    expect((await trial.run('os.waitpid(child.pid, 0)')).failure?.type).toBe('ChildProcessError');
    // The state from before knows nothing of that, and the child has ended all the same.
    await trial.session.goTo(2);
    expect(await trial.says('child.returncode, child.poll()')).toBe('(None, -15)\n');
  });

  it('can be ended after a crash and after a kill of the live process', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import subprocess, os');
    await trial.says('children = [subprocess.Popen(["sleep", "1000"]) for _ in range(2)]');
    expect((await trial.run('os.abort()')).outcome).toBe('died');
    expect(await trial.says('children[0].poll(), children[0].kill(), children[0].wait()')).toBe(
      '(None, None, -9)\n',
    );
    const run = trial.run('while True:\n    try:\n        while True: pass\n    except BaseException: pass');
    await trial.becomes('running');
    trial.session.kill();
    expect((await run).outcome).toBe('died');
    expect(await trial.says('[child.poll() for child in children]')).toBe('[-9, None]\n');
    expect(await trial.says('children[1].terminate(); children[1].wait()')).toBe('-15\n');
  });

  it(
    'goes on where the run after the one that started it is killed, though it reads from Python',
    WITHIN,
    async () => {
      const trial = openTrial(python);
      await trial.says('import subprocess');
      // Also in the tick of the system's clock in which the copy is made.
      await trial.says(
        'children = [subprocess.Popen(["cat"], stdin=-1, stdout=-1, bufsize=0) for _ in range(20)]',
      );
      const run = trial.run('while True: pass');
      await trial.becomes('running');
      trial.session.kill();
      expect((await run).outcome).toBe('died');
      expect(await trial.says('{child.poll() for child in children}')).toBe('{None}\n');
      await trial.says('for child in children: _ = child.stdin.write(b"x")');
      expect(await trial.says('{child.stdout.read(1) for child in children}')).toBe("{b'x'}\n");
      expect(await trial.says('_ = [c.stdin.close() for c in children]; {c.wait() for c in children}')).toBe(
        '{0}\n',
      );
    },
  );

  it('stays the program’s over a chain of undos, redos and branches', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import subprocess, os');
    await trial.says('first = subprocess.Popen(["sleep", "1000"])');
    await undoNothing(trial);
    await trial.says('second = subprocess.Popen(["sleep", "1000"])');
    const both = trial.session.state.id;
    await trial.session.undo();
    await trial.session.goTo(both);
    await undoNothing(trial);
    expect(await trial.says('[child.poll() for child in (first, second)]')).toBe('[None, None]\n');
    expect(
      await trial.says('second.kill(); second.wait(), first.poll(), first.terminate(), first.wait()'),
    ).toBe('(-9, None, None, -15)\n');
  });

  it('can be waited for where copies are plain forks', async () => {
    const trial = openTrial(withoutNative(python));
    await trial.says('import subprocess; child = subprocess.Popen(["sleep", "1000"])');
    const pid = Number(await trial.says('import os; print(os.getpid())'));
    await undoNothing(trial);
    expect(await trial.says(`os.getpid() != ${pid}`)).toBe('True\n');
    expect(await trial.says('child.poll(), child.terminate(), child.wait()')).toBe('(None, None, -15)\n');
  });

  it('that the undone run started is none of the state that came back', async () => {
    const trial = openTrial(python);
    await trial.says('import subprocess, os');
    const pid = Number(await trial.says('print(subprocess.Popen(["sleep", "1000"]).pid)'));
    await trial.session.undo();
    expect(isAlive(pid)).toBe(true);
    for (const wait of [`os.waitpid(${pid}, 0)`, 'os.wait()', 'os.waitpid(-1, os.WNOHANG)']) {
      expect((await trial.run(wait)).failure?.type).toBe('ChildProcessError');
    }
  });

  it('is none of a process that the program forks', async () => {
    const trial = openTrial(python);
    await trial.says('import subprocess, os');
    await trial.says('child = subprocess.Popen(["sleep", "1000"])');
    await undoNothing(trial);
    await trial.says(`
forked = os.fork()
if not forked:
    try:
        os.waitpid(child.pid, 0)
    except ChildProcessError:
        os._exit(3)
    os._exit(4)
`);
    expect(await trial.says('os.waitpid(forked, 0)[1] >> 8, child.poll()')).toBe('(3, None)\n');
  });
});

onPythons(ONE, 'a child that has ended meanwhile', (python) => {
  it('is waited for, with its status', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import subprocess, os, time');
    await trial.says(
      'children = [subprocess.Popen(["sh", "-c", f"read line; exit {n}"], stdin=subprocess.PIPE) for n in (7, 8)]',
    );
    // One is waited for by the run that is undone, the other is not.
    const pids = (await trial.says('print(*[child.pid for child in children])')).split(' ').map(Number);
    const before = trial.session.state.id;
    await trial.says('_ = children[0].communicate(b"\\n"); children[1].stdin.close()');
    await Promise.all(pids.map(isEnded));
    await trial.session.goTo(before);
    expect(await trial.says('children[1].kill()')).toBe('');
    expect(await trial.says('[child.wait() for child in children]')).toBe('[7, 8]\n');
  });

  it('is waited for, whichever function collected it in the undone run', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import os');
    const collect = [
      'os.wait()',
      'os.waitpid(pid, 0)',
      'os.wait3(0)',
      'os.wait4(pid, 0)',
      'os.waitid(os.P_PID, pid, os.WEXITED)',
    ];
    for (const how of collect) {
      await trial.says('pid = os.spawnlp(os.P_NOWAIT, "sh", "sh", "-c", "exit 5")');
      await trial.says(how);
      await trial.session.undo();
      expect(await trial.says('os.waitpid(pid, 0) == (pid, 5 << 8)')).toBe('True\n');
      expect((await trial.run('os.waitpid(pid, 0)')).failure?.type).toBe('ChildProcessError');
    }
  });

  it('can be sent signals until it has been waited for', async () => {
    const trial = openTrial(python);
    await trial.says('import os, subprocess');
    await trial.says('child = subprocess.Popen(["sh", "-c", "exit 6"], start_new_session=True)');
    await trial.says('child.wait()');
    await trial.session.undo();
    expect(await trial.says('os.kill(child.pid, 0), os.killpg(child.pid, 15), child.wait()')).toBe(
      '(None, None, 6)\n',
    );
    for (const send of ['os.kill(child.pid, 0)', 'os.killpg(child.pid, 15)']) {
      expect((await trial.run(send)).failure?.type).toBe('ProcessLookupError');
    }
  });

  it('by a way that nobody hears of, is said to be unknown', async () => {
    const trial = openTrial(python);
    await trial.says('import os, ctypes');
    await trial.says('pid = os.spawnlp(os.P_NOWAIT, "sh", "sh", "-c", "exit 5")');
    await trial.says('ctypes.CDLL(None).waitpid(pid, None, 0) == pid');
    await trial.session.undo();
    expect((await trial.run('os.waitpid(pid, 0)')).failure?.type).toBe('ChildProcessError');
  });
});

onPythons(OLD_AND_NEW, 'the functions that wait', (python) => {
  it('know inherited children beside the process’s own', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import os, subprocess, signal');
    await trial.says(
      'def start(): return subprocess.Popen(["sh", "-c", "read line; exit 4"], stdin=subprocess.PIPE)\n',
    );
    await trial.says('old = [start(), start()]');
    await undoNothing(trial);
    await trial.says('own = start()');
    for (const none of [
      'os.waitpid(-1, os.WNOHANG)',
      'os.wait3(os.WNOHANG)[:2]',
      'os.wait4(0, os.WNOHANG)[:2]',
      'os.waitpid(-os.getpgrp(), os.WNOHANG)',
    ]) {
      expect(await trial.says(none)).toMatch(/^\((0, 0)\)\n$/);
    }
    expect(await trial.says('print(os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG))')).toBe('None\n');
    await trial.says('old[0].stdin.close()');
    expect(
      await trial.says('seen = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT); seen.si_pid == old[0].pid'),
    ).toBe('True\n');
    expect(
      await trial.says(
        'seen.si_status, seen.si_code, seen.si_uid == os.getuid(), seen.si_signo == signal.SIGCHLD',
      ),
    ).toBe('(4, 1, True, True)\n');
    expect(await trial.says('pid, status, used = os.wait3(0); pid == old[0].pid, status')).toBe(
      '(True, 1024)\n',
    );
    expect(await trial.says('type(used).__name__, used.ru_utime < 1')).toBe("('struct_rusage', True)\n");
    await trial.says('own.stdin.close()');
    expect(await trial.says('os.wait() == (own.pid, 1024)')).toBe('True\n');
    await trial.says('old[1].stdin.close()');
    expect(await trial.says('os.wait() == (old[1].pid, 1024)')).toBe('True\n');
    for (const wait of ['os.wait()', 'os.wait3(0)', 'os.waitid(os.P_ALL, 0, os.WEXITED)']) {
      expect((await trial.run(wait)).failure?.type).toBe('ChildProcessError');
    }
  });

  it('hear Ctrl-C while they block', async () => {
    const trial = openTrial(python);
    await trial.says('import os, subprocess');
    await trial.says('child = subprocess.Popen(["sleep", "1000"], start_new_session=True)');
    await undoNothing(trial);
    for (const wait of ['os.waitpid(child.pid, 0)', 'os.wait()', 'child.wait()']) {
      const run = trial.run(`print("on")\n${wait}`);
      await trial.shows('on\n');
      trial.forget();
      trial.session.interrupt();
      expect((await run).outcome).toBe('interrupted');
    }
    expect(await trial.says('child.kill(); child.wait()')).toBe('-9\n');
  });

  it('go on in a thread that waited as the copy was made', async () => {
    const trial = openTrial(python);
    await trial.says('import os, subprocess, threading, queue; results = queue.Queue()');
    await trial.says('child = subprocess.Popen(["sleep", "1000"])');
    await trial.says('def wait(): results.put(os.waitpid(child.pid, 0))\n');
    await trial.says('threading.Thread(target=wait, daemon=True).start()');
    await undoNothing(trial);
    await trial.says('os.kill(child.pid, 15)');
    expect(await trial.says('results.get(timeout=10) == (child.pid, 15)')).toBe('True\n');
  });

  it('look like those of a plain Python', async () => {
    const trial = openTrial(python);
    await trial.says('import os, posix, subprocess, inspect, pickle; _ = subprocess.run(["true"])');
    expect(await trial.says('os.waitpid is posix.waitpid is pickle.loads(pickle.dumps(os.waitpid))')).toBe(
      'True\n',
    );
    expect(await trial.says('print(inspect.signature(os.waitid), os.wait.__module__)')).toBe(
      '(idtype, id, options, /) posix\n',
    );
    const { output } = await trial.run('os.waitpid(os.getpid(), 0)');
    expect(output).not.toContain('pyrepl3');
  });
});

onPythons(ONE, 'SIGCHLD', (python) => {
  it('tells of inherited children that end, before the wake and after', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import os, signal, subprocess, time; ends = []');
    await trial.says(`
def on_end(*_):
    try:
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            ends.append(status >> 8)
    except ChildProcessError:
        pass
_ = signal.signal(signal.SIGCHLD, on_end)
def wait_for(count):
    deadline = time.monotonic() + 10
    while len(ends) < count and time.monotonic() < deadline:
        time.sleep(0.01)
    return ends
`);
    await trial.says(
      'children = [subprocess.Popen(["sh", "-c", f"read line; exit {n}"], stdin=subprocess.PIPE) for n in (1, 2)]',
    );
    await trial.says('children[0].stdin.close(); wait_for(1)');
    await trial.session.undo();
    expect(await trial.says('wait_for(1)')).toBe('[1]\n');
    expect(await trial.says('children[1].stdin.close(); wait_for(2)')).toBe('[1, 2]\n');
  });
});

onPythons(ONE, 'a handler of SIGCHLD that raises', (python) => {
  it('does not keep a state from coming back', async () => {
    const trial = openTrial(python);
    await trial.says('import signal, subprocess; x = 1');
    await trial.says('def on_end(*_): raise ValueError("ended")\n');
    await trial.says('_ = signal.signal(signal.SIGCHLD, on_end)');
    await trial.says('child = subprocess.Popen(["cat"], stdin=subprocess.PIPE)');
    const run = await trial.run('child.stdin.close()\nwhile True: pass');
    expect(run.failure).toEqual({ type: 'ValueError', text: 'ended' });
    trial.forget();
    await trial.session.undo();
    // In whatever colours.
    await until(
      () => /ValueError\S*: \S*ended\S*\n/.test(trial.text),
      () => 'the error to be shown as a whole',
    );
    expect(await trial.says('x, child.wait()')).toBe('(1, 0)\n');
  });
});

onPythons(OLD_AND_NEW, 'asyncio', (python) => {
  it('waits for its subprocesses', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import asyncio');
    await trial.says(
      'children = [await asyncio.create_subprocess_exec("sh", "-c", f"read line; exit {n}", stdin=-1) for n in (3, 4)]',
    );
    await trial.says('children[0].stdin.write(b"\\n"); await children[0].wait()');
    await trial.session.undo();
    expect(await trial.says('[child.returncode for child in children]')).toMatch(/None\]\n$/);
    expect(await trial.says('await asyncio.wait_for(children[0].wait(), 10)')).toBe('3\n');
    await trial.says('children[1].stdin.write(b"\\n")');
    expect(await trial.says('await asyncio.wait_for(children[1].wait(), 10)')).toBe('4\n');
    await trial.says('child = await asyncio.create_subprocess_exec("sleep", "1000")');
    await undoNothing(trial);
    expect(await trial.says('child.terminate(); await asyncio.wait_for(child.wait(), 10)')).toBe('-15\n');
  });
});

onPythons(OLD_AND_NEW, 'a child watcher of asyncio', (python) => {
  const watchers = ['Threaded', 'Safe', 'Fast', 'MultiLoop', ...(isSince(python, 9) ? ['Pidfd'] : [])];
  it.each(watchers)('that is %s hears of inherited children', WITHIN, async (kind) => {
    const trial = openTrial(python);
    await trial.says('import asyncio, warnings, signal, os; warnings.simplefilter("ignore")');
    await trial.says(`watcher = asyncio.${kind}ChildWatcher(); asyncio.set_child_watcher(watcher)`);
    await trial.says(
      'if hasattr(watcher, "attach_loop"): watcher.attach_loop(asyncio.get_running_loop())\nawait asyncio.sleep(0)',
    );
    await trial.says('child = await asyncio.create_subprocess_exec("sleep", "1000")');
    await undoNothing(trial);
    expect(await trial.says('child.terminate(); await asyncio.wait_for(child.wait(), 10)')).toBe('-15\n');
    await trial.session.goTo(4);
    expect(await trial.says('await asyncio.wait_for(child.wait(), 10)')).toBe('-15\n');
  });
});

onPythons(OLD_AND_NEW, 'multiprocessing', (python) => {
  it.each(['fork', 'spawn', 'forkserver'])('ends what it started, under %s', WITHIN, async (method) => {
    const trial = openTrial(python);
    await trial.says('import multiprocessing, concurrent.futures, time');
    await trial.says('def double(x): return 2 * x\n');
    await trial.says(`context = multiprocessing.get_context("${method}")`);
    await trial.says('pool = context.Pool(2); executor = concurrent.futures.ProcessPoolExecutor(2, context)');
    await trial.says('process = context.Process(target=time.sleep, args=(1000,)); process.start()');
    expect(await trial.says('pool.map(double, [1, 2]), list(executor.map(double, [3]))')).toBe(
      '([2, 4], [6])\n',
    );
    await undoNothing(trial);
    expect(await trial.says('process.is_alive(), process.exitcode, process.join(0.1)')).toBe(
      '(True, None, None)\n',
    );
    expect(await trial.says('pool.map(double, [1, 2]), list(executor.map(double, [3]))')).toBe(
      '([2, 4], [6])\n',
    );
    await trial.says('process.terminate(); process.join(10)');
    expect(await trial.says('process.is_alive(), process.exitcode')).toBe('(False, -15)\n');
    await trial.says('pool.close(); pool.join(); executor.shutdown()');
    expect(await trial.says('multiprocessing.active_children()')).toBe('[]\n');
  });

  it('runs the finalizers of a pool and a manager', WITHIN, async () => {
    const trial = openTrial(python);
    await trial.says('import multiprocessing; pool = multiprocessing.Pool(2)');
    const pids = (await trial.says('print(*[each.pid for each in pool._pool])')).split(' ').map(Number);
    await trial.says('manager = multiprocessing.Manager(); shared = manager.dict(a=1)');
    const server = Number(await trial.says('print(manager._process.pid)'));
    await undoNothing(trial);
    expect(await trial.says('print(shared)')).toBe("{'a': 1}\n");
    await trial.says('pool.terminate(); pool.join(); manager.shutdown()');
    await Promise.all([...pids, server].map(isEnded));
  });
});
