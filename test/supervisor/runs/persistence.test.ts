/** What a run leaves for those after it. */

import { expect, it } from 'vitest';
import { ONE, onPythons, times } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

onPythons(ONE, 'persistence', (python) => {
  it('keeps names, functions, classes and imports', async () => {
    const trial = openTrial(python);
    await trial.says('x = 1');
    await trial.says('def double(value):\n    return value * 2\n');
    await trial.says('class Point:\n    def __init__(self, x):\n        self.x = x\n');
    await trial.says('import math');
    expect(await trial.says('print(x, double(x + 1), Point(3).x, math.pi)')).toBe(
      '1 4 3 3.141592653589793\n',
    );
  });

  it('keeps what a run did before it failed', async () => {
    const trial = openTrial(python);
    expect((await trial.run('kept = 5\n1/0')).outcome).toBe('raised');
    expect(await trial.says('kept')).toBe('5\n');
  });

  it('lets functions see globals that were set after them', async () => {
    const trial = openTrial(python);
    await trial.says('def f():\n    return later\n');
    await trial.says('later = 7');
    expect(await trial.says('f()')).toBe('7\n');
  });

  it('pickles instances of classes typed at the prompt', async () => {
    const trial = openTrial(python);
    await trial.says('import pickle\nclass Point:\n    def __init__(self, x):\n        self.x = x\n');
    expect(await trial.says('copy = pickle.loads(pickle.dumps(Point(3)))\ncopy.x, type(copy) is Point')).toBe(
      '(3, True)\n',
    );
    expect(await trial.says('pickle.loads(pickle.dumps(Point)) is Point')).toBe('True\n');
  });

  it('remembers `from __future__`', async () => {
    const trial = openTrial(python);
    await trial.says('from __future__ import annotations');
    expect(await trial.says('def f(x: undefined): pass\nf.__annotations__')).toBe("{'x': 'undefined'}\n");
  });

  it('keeps annotations of the prompt', async () => {
    const trial = openTrial(python);
    await trial.says('from typing import List\ncount: int = 3');
    expect(await trial.says('import typing; typing.get_type_hints(__import__("__main__"))')).toContain(
      "'count': <class 'int'>",
    );
  });

  it('lets go of what the user lets go of', async () => {
    const trial = openTrial(python);
    await trial.says('import weakref\nclass Thing: pass\nthing = Thing()\nwatch = weakref.ref(thing)');
    await trial.run('thing.absent');
    await trial.says('0');
    await trial.says('del thing');
    // CPython keeps the last exception for `pdb.pm()` as well.
    await trial.says('import sys; sys.last_value = sys.last_traceback = sys.last_exc = None');
    expect(await trial.says('import gc; _ = gc.collect(); print(watch())')).toBe('None\n');
  });

  it('has the source of functions of earlier runs', async () => {
    const trial = openTrial(python);
    await trial.says('def f():\n    return 42  # the answer\n');
    expect(await trial.says('import inspect; print(inspect.getsource(f), end="")')).toBe(
      'def f():\n    return 42  # the answer\n',
    );
  });
});

onPythons(ONE, 'thousands of runs', (python) => {
  // Copies of their states take ten times as long as the runs.
  const cases = [
    ['', times(4_000, 10_000), { keep: 'when asked' }],
    [' beside copies of their states', times(500, 10_000), {}],
  ] as const;
  it.each(cases)(
    'need no more memory than the user keeps%s',
    { timeout: 120_000 },
    async (_, count, states) => {
      const trial = openTrial(python, { states });
      const resident =
        'import os\ndef resident():\n    with open("/proc/self/statm") as file:\n' +
        '        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")\n';
      await trial.says(resident);
      const play = async (runs: number) => {
        const code = (index: number) => `x = ${index}\ndef f():\n    return x\nf()`;
        await Promise.all(Array.from({ length: runs }, (_, index) => trial.session.run(code(index))));
        return Number(await trial.says('print(resident())'));
      };
      await play(times(400, 1000));
      trial.forget();
      const before = await play(10);
      const after = await play(count);
      expect(trial.text).toContain(`\n${count - 1}\n`);
      expect(after - before).toBeLessThan(1_000_000);
    },
  );
});
