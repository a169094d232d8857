/** A script that is over ends as Python ends it: compared with `python script.py`, in what it prints and leaves. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { freshProgram } from '../../build/bundle.mjs';
import { OLD_AND_NEW, onPythons } from '../support/pythons.ts';
import { resultOf } from '../support/result.ts';

let program = '';
beforeAll(async () => {
  program = await freshProgram();
});

const SCRIPTS = {
  'a file that is not closed': 'f = open("kept", "w")\n_ = f.write("text")\n',
  'functions for the end':
    'import atexit\n_ = atexit.register(print, "first")\n_ = atexit.register(print, "second")\n',
  'a folder for the time being':
    'import os, tempfile\nd = tempfile.TemporaryDirectory(dir=".")\nprint(len(os.listdir(".")))\n',
  'a finalizer': 'class Guard:\n    def __del__(self):\n        print("gone")\n\nguard = Guard()\n',
  'weakref.finalize':
    'import weakref\nclass A: pass\n\na = A()\n_ = weakref.finalize(a, print, "finalized")\n',
  'a thread that goes on':
    'import threading, time\ndef late():\n    time.sleep(0.3)\n    print("late")\n\nthreading.Thread(target=late).start()\nprint("end")\n',
  'a daemon, which is left':
    'import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\nprint("end")\n',
  'an executor':
    'import concurrent.futures, time\npool = concurrent.futures.ThreadPoolExecutor()\nfuture = pool.submit(lambda: (time.sleep(0.2), print("done")))\n',
  'a log that is written at the end':
    'import logging.handlers\ntarget = logging.FileHandler("log")\nmemory = logging.handlers.MemoryHandler(100, target=target)\nlogging.getLogger().addHandler(memory)\nlogging.warning("kept")\n',
  'an error':
    'import atexit\n_ = atexit.register(print, "bye")\nf = open("kept", "w")\n_ = f.write("text")\n1/0\n',
  'sys.exit with a status': 'import atexit, sys\n_ = atexit.register(print, "bye")\nsys.exit(7)\n',
  'sys.exit with words': 'import sys\nsys.exit("that is why")\n',
  'an error at the end':
    'import atexit\ndef fail():\n    raise ValueError("at the end")\n\n_ = atexit.register(fail)\n',
  'sys.exit at the end': 'import atexit, sys\n_ = atexit.register(sys.exit, 5)\n',
  'a child that goes on':
    'import os, subprocess, sys\nchild = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read(); open(\'child\', \'w\').close()"], stdin=subprocess.PIPE)\nchild.stdin.close()\n_ = child.wait()\n',
  'a fork, both of which go on':
    'import os\npid = os.fork()\nif pid:\n    _ = os.waitpid(pid, 0)\n\nprint("parent" if pid else "child")\nprint("end", flush=True)\n',
  'a fork whose child fails':
    'import os\npid = os.fork()\nif not pid:\n    1/0\n\n_, status = os.waitpid(pid, 0)\nprint(os.WEXITSTATUS(status))\n',
  'shadowed names': 'SystemExit = None\nexit = quit = 5\nimport atexit\n_ = atexit.register(print, "bye")\n',
};

/** What a script leaves in its folder, but for itself. */
function leftIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name !== 'script.py' && name !== 'home');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

onPythons(OLD_AND_NEW, 'a script that is over', ({ executable }) => {
  it.each(Object.entries(SCRIPTS))('ends as Python ends it: %s', async (_, script) => {
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-end-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [ours, plain] = ['ours', 'plain'].map((name) => {
      const own = join(folder, name);
      mkdirSync(own);
      writeFileSync(join(own, 'script.py'), script);
      return own;
    }) as [string, string];
    const env = { ...process.env, PYREPL3_HOME: join(folder, 'home') };
    const words = [program, 'run', '--python', executable, 'script.py'];
    const result = await resultOf(spawn(process.execPath, words, { env, cwd: ours }));
    const expected = await resultOf(spawn(executable, ['script.py'], { cwd: plain }));
    // Tracebacks name the folder, and newer ones underline.
    const lastLine = ({ err }: { err: string }) => err.trimEnd().split('\n').at(-1)?.replace(/0x\w+/, '');
    expect({ ...result, err: lastLine(result) }).toEqual({ ...expected, err: lastLine(expected) });
    expect(leftIn(ours)).toEqual(leftIn(plain));
  });
});
