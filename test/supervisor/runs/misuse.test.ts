/** What a program does to Python itself costs it what it costs at CPython's prompt, and the session nothing. */

import { expect, it } from 'vitest';
import { newStore, openSaved } from '../../support/checkpoints.ts';
import { OLD_AND_NEW, ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

onPythons(ONE, 'a question', (python) => {
  it('that the program’s own objects lead astray is answered', async () => {
    const trial = openTrial(python);
    await trial.says('class Name(str):\n    def startswith(self, *a): raise SystemExit\n');
    await trial.says('globals()[Name("odd")] = 1; __builtins__ = 5; import sys; sys.path = [None, 5]');
    expect((await trial.session.complete('Na', 2)).matches.map(({ text }) => text)).toEqual(['Name']);
    expect((await trial.session.complete('import x', 8)).matches.length).toBeGreaterThan(0);
    await trial.says('del sys.path');
    expect((await trial.session.complete('import x', 8)).matches.length).toBeGreaterThan(0);
  });

  it('that we fail to answer costs neither the session nor its states', async () => {
    const trial = openTrial(python);
    const { session } = trial;
    await trial.says('x = 1');
    for (const ask of [
      () => session.complete('x', 1),
      () => session.describe('f(', 2),
      () => session.check('x'),
      () => session.split('x'),
    ])
      await ask();
    const broken = ['completion.match', 'signatures.describe', 'code_checks.quietly'];
    for (const each of broken)
      await trial.says(
        `import sys; sys.modules['pyrepl3.language.${each.split('.')[0]}'].${each.split('.')[1]} = None`,
      );
    expect((await session.complete('x', 1)).matches).toEqual([]);
    expect((await session.describe('f(', 2)).signature).toBeNull();
    expect((await session.check('x')).verdict).toBe('complete');
    expect((await session.split('x\ny')).chunks).toEqual([{ start: 1, end: 2, type: 'statement' }]);
    await session.undo();
    expect(await trial.says('x')).toBe('1\n');
  });
});

onPythons(OLD_AND_NEW, 'a hook that is gone', (python) => {
  it('is named as CPython names it, with the traceback', async () => {
    const trial = openTrial(python, { env: { NO_COLOR: '1' } });
    await trial.says('import sys\ndef f(): return 1/0\n');
    await trial.says('del sys.excepthook');
    const missing = await trial.run('f()');
    expect(missing.output).toMatch(
      /^sys\.excepthook is missing\nTraceback .*in f\n.*ZeroDivisionError: division by zero\n$/s,
    );
    await trial.says('sys.excepthook = sys.__excepthook__; kept = sys.stderr; del sys.stderr');
    const lost = await trial.run('f()');
    expect(lost.output).toMatch(
      /^Traceback .*in f\n.*ZeroDivisionError: division by zero\nlost sys\.stderr\n$/s,
    );
    expect(await trial.says('hasattr(sys, "stderr")')).toBe('False\n');
    await trial.says('sys.stderr = None');
    expect((await trial.run('f()')).output).toBe('');
    await trial.says('sys.stderr = kept; del sys.__excepthook__, sys.__stderr__, sys.excepthook');
    expect((await trial.run('f()')).output).toContain('in f\n');
    expect(await trial.says('1')).toBe('1\n');
  });
});

/** Objects that fail in whatever is asked of them, each the work of a program that has only itself to hurt. */
const MISBEHAVING: { name: string; code: string }[] = [
  { name: 'a prompt', code: 'class Bad:\n    def __str__(self): 1/0\nimport sys; sys.ps1 = Bad()' },
  {
    name: 'a prompt that exits',
    code: 'class Bad:\n    def __str__(self): raise SystemExit\nimport sys; sys.ps2 = Bad()',
  },
  {
    name: 'a metaclass without a dictionary',
    code: 'class M(type):\n    @property\n    def __dict__(cls): raise RuntimeError("no")\nclass O(metaclass=M): pass\no = O()',
  },
  {
    name: 'a metaclass that answers nothing',
    code: 'class M(type):\n    def __getattribute__(cls, name): raise RuntimeError("no")\n    def __eq__(cls, other): raise RuntimeError("no")\n    def __hash__(cls): raise RuntimeError("no")\nclass O(metaclass=M): pass\no = O()',
  },
  {
    name: 'an instance that answers nothing',
    code: 'class O:\n    def __getattribute__(self, name): raise RuntimeError("no")\n    def __eq__(self, other): raise SystemExit\n    def __hash__(self): raise RuntimeError("no")\n    def __bool__(self): raise RuntimeError("no")\n    def __len__(self): raise RuntimeError("no")\no = O(); held = [o]',
  },
  {
    name: 'a class that lies',
    code: 'class O:\n    @property\n    def __class__(self): raise RuntimeError("no")\no = O()',
  },
  {
    name: 'a reduction that exits',
    code: 'class O:\n    def __reduce_ex__(self, version): raise SystemExit\no = O()',
  },
  {
    name: 'a module that answers nothing',
    code: 'import sys, types\nclass Odd(types.ModuleType):\n    def __getattr__(self, name): raise RuntimeError("no")\nodd = Odd("odd"); sys.modules["odd"] = odd; del odd.__spec__',
  },
  {
    name: 'an entry of sys.modules',
    code: 'import sys; sys.modules["odd.one"] = 5; sys.modules["odd"] = object()',
  },
  {
    name: 'a name that is no text',
    code: 'globals()[5] = 6\nclass Name(str):\n    def __hash__(self): return 1\n    def __eq__(self, other): raise RuntimeError("no")\nglobals()[Name("odd")] = 1',
  },
  { name: 'a sys.path', code: 'import sys; sys.path = None' },
  { name: 'no sys.path', code: 'import sys; del sys.path' },
  {
    name: 'an emptied sys.path',
    code: 'import sys; sys.path.clear(); sys.path_hooks.clear(); sys.path_importer_cache.clear()',
  },
  { name: 'an environment', code: 'import os; os.environ = None' },
  {
    name: 'functions of modules',
    code: 'import os, time, gc\nos.getcwd = time.monotonic = time.perf_counter = gc.isenabled = gc.get_referents = lambda *a: 1/0',
  },
];

onPythons(OLD_AND_NEW, 'a save', (python) => {
  it.each(MISBEHAVING)('is not spoilt by $name', async ({ code }) => {
    const store = newStore();
    const trial = openSaved(python, { store });
    await trial.says('kept = {"a": [1, 2]}\ndef double(value): return 2 * value\n');
    await trial.says(code);
    await trial.session.checkpoints.save({ name: 'one' }).done;
    const other = openSaved(python, { store });
    await other.session.checkpoints.restore('one');
    expect(await other.says('kept, double(4)')).toBe("({'a': [1, 2]}, 8)\n");
  });
});
