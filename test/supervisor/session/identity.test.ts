/** What the user's code sees of the world: an ordinary Python, and nothing of ours. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { typed } from '../../support/reference.ts';
import { openTrial } from '../../support/session.ts';

/** Expressions whose value is that of a plain Python at its prompt. */
const SAME = [
  'sorted(dir())',
  '__name__, __doc__, __spec__, __package__',
  'type(__builtins__)',
  '__import__("sys").argv',
  '__import__("sys").path',
  '__import__("sys").executable',
  '__import__("sys").prefix',
  '__import__("sys").ps1, __import__("sys").ps2',
  '__import__("sys").warnoptions, __import__("sys").gettrace(), __import__("sys").getprofile()',
  '__import__("sys").stdout.name, __import__("sys").stdout.mode, __import__("sys").stderr.name, __import__("sys").stdin.name, __import__("sys").stdin.mode',
  '__import__("sys").stdout.fileno(), __import__("sys").stderr.fileno(), __import__("sys").stdin.fileno()',
  '__import__("sys").stdout.errors, __import__("sys").stderr.errors, __import__("sys").stdin.errors',
  '__import__("sys").stdout is __import__("sys").__stdout__',
  '__import__("sys").displayhook is __import__("sys").__displayhook__, __import__("sys").excepthook is __import__("sys").__excepthook__',
  '__import__("os").getcwd()',
  '[__import__("signal").getsignal(n) for n in (1, 2, 13, 15, 17, 28)]',
  '__import__("threading").main_thread() is __import__("threading").current_thread()',
  '__import__("gc").isenabled(), __import__("gc").get_threshold()',
  '__import__("locale").getpreferredencoding(False)',
  'input is __import__("builtins").input',
];

onPythons(OLD_AND_NEW, 'identity', (python) => {
  it('has the values of a plain Python', async () => {
    const trial = openTrial(python);
    const lines = SAME.map((expression) => `print(${expression})`);
    const said: string[] = [];
    for (const line of lines) said.push(`${line}\n${await trial.says(line)}`);
    const right = typed(python, lines.join('\n')).trimEnd().split('\n');
    expect(said).toEqual(lines.map((line, index) => `${line}\n${right[index]}\n`));
  });

  it('is the module `__main__`', async () => {
    const trial = openTrial(python);
    await trial.says('import sys\nx = 1');
    expect(await trial.says('sys.modules["__main__"].__dict__ is globals(), sys.modules["__main__"].x')).toBe(
      '(True, 1)\n',
    );
    expect(await trial.says('class C: pass\nC.__module__, C')).toBe("('__main__', <class '__main__.C'>)\n");
  });

  it('is at a terminal', async () => {
    const trial = openTrial(python);
    await trial.says('import os, sys');
    expect(
      await trial.says('[stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)], os.isatty(0)'),
    ).toBe('([True, True, True], True)\n');
    expect(
      await trial.says('os.getsid(0) != os.getpid(), os.tcgetpgrp(0) == os.getpgrp() == os.getpid()'),
    ).toBe('(True, True)\n');
    expect(await trial.says('os.ttyname(1) == os.ctermid() or os.ttyname(1)')).toMatch(/pts/);
    expect(await trial.says('open("/dev/tty").isatty()')).toBe('True\n');
  });

  it('has the size of the window, also when that changes', async () => {
    const trial = openTrial(python, { columns: 101, rows: 33 });
    await trial.says('import os, shutil, signal');
    expect(await trial.says('tuple(os.get_terminal_size()), tuple(shutil.get_terminal_size())')).toBe(
      '((101, 33), (101, 33))\n',
    );
    const running = trial.run(
      'heard = []\n_ = signal.signal(signal.SIGWINCH, lambda *a: heard.append(tuple(os.get_terminal_size())))\n' +
        'print("on")\nwhile not heard: pass\nheard',
    );
    await trial.shows('on\n');
    trial.session.resize(55, 22);
    expect((await running).output).toBe('on\n[(55, 22)]\n');
    await trial.session.restart();
    expect(await trial.says('import os; tuple(os.get_terminal_size())')).toBe('(55, 22)\n');
  });

  it('shows nothing of ours in the modules that the user imports', async () => {
    const trial = openTrial(python);
    expect(
      await trial.says(
        'import sys\n[name for name in sys.path if "pyrepl3" in name or "python/" == name[-7:]]',
      ),
    ).toBe('[]\n');
    expect(await trial.says('import threading; threading.active_count(), threading.enumerate()')).toMatch(
      /^\(1, \[<_MainThread/,
    );
    expect(
      await trial.says(
        'import os; [name for name in os.environ if "PYREPL3" in name and name not in ("PYREPL3_TEST", "PYREPL3_PYTHONS", "PYREPL3_HOME")]',
      ),
    ).toBe('[]\n');
    expect(
      await trial.says(
        'import asyncio, gc\ngc.callbacks, asyncio.get_event_loop_policy().__class__.__module__.startswith("asyncio")',
      ),
    ).toContain('([], True)');
    expect(await trial.says('import multiprocessing; multiprocessing.active_children()')).toBe('[]\n');
    await expect(trial.run('os.wait()')).resolves.toMatchObject({ failure: { type: 'ChildProcessError' } });
  });

  it('knows its main thread where what starts with Python has imported `threading`', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'sitecustomize.py'), 'import threading');
    const trial = openTrial(python, { env: { PYTHONPATH: folder } });
    const isMain = 'threading.main_thread().native_id == threading.get_native_id()';
    expect(await trial.says(`import sys; "threading" in sys.modules`)).toBe('True\n');
    expect(await trial.says(`import threading; ${isMain}`)).toBe('True\n');
    await trial.session.restart();
    expect(await trial.says(`import threading; ${isMain}`)).toBe('True\n');
  });

  it('gives children no descriptor of ours', async () => {
    const trial = openTrial(python);
    const listing =
      'import subprocess; print(subprocess.run(["ls", "/proc/self/fd"], close_fds=False, stdout=-1).stdout)';
    // As in a Python that was started with nothing else open.
    expect(await trial.says(listing)).toBe("b'0\\n1\\n2\\n3\\n'\n");
    expect(await trial.says('open("/dev/null").fileno()')).toBe('3\n');
    const forked =
      'import os\nr, w = os.pipe()\nif os.fork() == 0:\n' +
      '    os.write(w, repr(sorted(int(fd) for fd in os.listdir("/proc/self/fd") if int(fd) >= 100)).encode())\n    os._exit(0)\n' +
      '_ = os.wait(); print(os.read(r, 1000))';
    expect(await trial.says(forked)).toBe("b'[]'\n");
  });

  it('runs in a virtual environment as one', async () => {
    const trial = openTrial(python, { env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' } });
    expect(await trial.says('import sys; sys.dont_write_bytecode, sys.warnoptions')).toBe(
      "(True, ['ignore'])\n",
    );
  });
});
