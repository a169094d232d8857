/** What a run says when it fails: what CPython says, and nothing of ours. */

import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { Interpreter } from '../../support/interpreters.ts';
import { isSince, OLD_AND_NEW, onPythons } from '../../support/pythons.ts';
import { complained, refused } from '../../support/reference.ts';
import { openTrial } from '../../support/session.ts';

const FAILURES: { name: string; code: string; since?: number }[] = [
  { name: 'an expression', code: '1/0' },
  { name: 'a statement among several', code: 'x = 1\ny = x / 0\nz = 3' },
  { name: 'a function', code: 'def f(a):\n    b = a\n    return b / 0\n\nf(1)\n' },
  { name: 'a call within a call', code: 'def f(x):\n    return x\n\nf(f(1)) + f(2)[3]' },
  {
    name: 'a chain of causes',
    code: 'try:\n    1/0\nexcept Exception as e:\n    raise ValueError("no") from e\n',
  },
  { name: 'an error in a handler', code: 'try:\n    1/0\nexcept Exception:\n    undefined\n' },
  { name: 'a name that is nearly right', code: 'value = 1\nvalu' },
  { name: 'an attribute that is nearly right', code: 'import os\nos.getcw' },
  { name: 'an import', code: 'import no_such_module_anywhere' },
  { name: 'an import from', code: 'from os import no_such_name' },
  { name: 'text of several lines', code: 'raise ValueError("one\\ntwo")' },
  { name: 'an error without text', code: 'raise ValueError' },
  { name: 'an error in `str`', code: 'class E(Exception):\n    def __str__(self):\n        1/0\nraise E()' },
  { name: 'an assertion', code: 'assert 1 == 2, "differ"' },
  { name: 'code of the standard library', code: 'import json\njson.loads("{")' },
  { name: 'a generator', code: 'def g():\n    yield 1/0\nlist(g())' },
  { name: 'a lambda and a comprehension', code: 'f = lambda v: [1 / w for w in v]\nf([1, 0])' },
  { name: 'infinite recursion', code: 'def f():\n    return f()\nf()' },
  { name: 'a syntax error of another text', code: 'exec("a b c")' },
  // 3.12 and older count its columns in bytes in one of the two ways.
  { name: 'wide characters before the place', code: 'é = "日本語"; é + 1', since: 13 },
  { name: 'return outside a function', code: 'return 5' },
  { name: 'a late `__future__`', code: 'x = 1\nfrom __future__ import annotations\n' },
  { name: 'two globals', code: 'def f():\n    x = 1\n    global x\n' },
  { name: 'a deleted traceback', code: 'raise KeyError("k").with_traceback(None)' },
  { name: 'a note', code: 'e = ValueError("v")\ne.add_note("a note")\nraise e', since: 11 },
  {
    name: 'an exception group',
    code: 'raise ExceptionGroup("several", [ValueError(1), ExceptionGroup("inner", [TypeError("t")])])',
    since: 11,
  },
  {
    name: 'a group with tracebacks within',
    code:
      'def fail():\n    1/0\nerrors = []\ntry:\n    fail()\nexcept Exception as e:\n    errors.append(e)\n' +
      'raise ExceptionGroup("several", errors)',
    since: 11,
  },
];

/** Of these C code and the `traceback` module say the same in other ways, as they do of a file and a text. */
const REFUSALS: typeof FAILURES = [
  { name: 'a missing bracket', code: 'x = (1,\n' },
  { name: 'a wrong token', code: 'x = = 2' },
  { name: 'a bad indent', code: 'if True:\nprint(1)' },
  { name: 'a dedent', code: 'if True:\n        x = 1\n    y = 2\n' },
  { name: 'tabs and spaces', code: 'if True:\n        x = 1\n\ty = 2\n' },
  { name: 'an unfinished string', code: 'x = """abc\n' },
  { name: 'a wrong number', code: 'x = 12ab3 + 1' },
  { name: 'an assignment to a call', code: 'x = 1\nf() = 2', since: 9 },
  { name: 'wide characters', code: '"日本語" é b c' },
];

function possible(failures: typeof FAILURES, python: Interpreter) {
  return failures.filter(({ since = 0 }) => isSince(python, since));
}

onPythons(OLD_AND_NEW, 'errors', (python) => {
  it('are those of CPython', async () => {
    const trial = openTrial(python);
    for (const [index, { name, code }] of possible(FAILURES, python).entries()) {
      const { outcome, output } = await trial.run(code);
      const right = complained(python, code, `<python-input-${index + 1}>`);
      expect([outcome, depthless(output)], name).toEqual(['raised', depthless(right)]);
    }
  });

  it('of syntax are those of CPython', async () => {
    const trial = openTrial(python);
    for (const [index, { name, code }] of possible(REFUSALS, python).entries()) {
      const { outcome, output } = await trial.run(code);
      const right = refused(python, code, `<python-input-${index + 1}>`);
      expect([outcome, colourless(output)], name).toEqual(['raised', right]);
    }
  });

  it('have the source lines where a line holds a form feed or a carriage return', async () => {
    const trial = openTrial(python);
    const { output } = await trial.run('a = 1\f\r\nb = "\u2028"\r\nc = a / 0  # here\r\n');
    expect(colourless(output)).toContain('line 3, in <module>\n    c = a / 0  # here\n');
  });

  it.runIf(isSince(python, 13))('have the colours that CPython gives them', async () => {
    const trial = openTrial(python, { env: { TERM: 'xterm-256color' } });
    const code = 'def f():\n    return 1 / 0\nf()';
    expect((await trial.run(code)).output).toBe(complained(python, code, '<python-input-1>', true));
  });

  it('have no colours where the user wants none', async () => {
    const trial = openTrial(python, { env: { NO_COLOR: '1' } });
    expect((await trial.run('1/0')).output).not.toContain('\x1b');
  });

  it('show the source lines of earlier runs', async () => {
    const trial = openTrial(python);
    await trial.says('def inner():\n    return 1 / 0  # here\n');
    await trial.says('def outer():\n    return inner()  # and here\n');
    const output = colourless((await trial.run('outer()')).output);
    expect(output.replaceAll(/^ *[\^~]+\n/gm, '')).toBe(
      'Traceback (most recent call last):\n' +
        '  File "<python-input-3>", line 1, in <module>\n    outer()\n' +
        '  File "<python-input-2>", line 2, in outer\n    return inner()  # and here\n' +
        '  File "<python-input-1>", line 2, in inner\n    return 1 / 0  # here\n' +
        'ZeroDivisionError: division by zero\n',
    );
  });

  it('name the file and the line that code came from', async () => {
    const trial = openTrial(python);
    const { output } = await trial.run('x = 1\ny = x / 0', { file: '/tmp/some.py', line: 41 });
    expect(colourless(output)).toContain('File "/tmp/some.py", line 42, in <module>');
  });

  it('say what the outcome of the run was', async () => {
    const trial = openTrial(python);
    const failed = async (code: string) => (await trial.run(code)).failure;
    expect(await failed('int("x")')).toEqual({
      type: 'ValueError',
      text: "invalid literal for int() with base 10: 'x'",
    });
    expect(await failed('class Own(Exception): pass\nraise Own("mine")')).toEqual({
      type: 'Own',
      text: 'mine',
    });
    expect(await failed('import json; json.loads("")')).toEqual({
      type: 'json.decoder.JSONDecodeError',
      text: 'Expecting value: line 1 column 1 (char 0)',
    });
    expect((await trial.run('1')).failure).toBeNull();
  });

  it('of a `__repr__` are shown like any other', async () => {
    const trial = openTrial(python);
    await trial.says('class Bad:\n    def __repr__(self):\n        return 1 / 0\n');
    const { outcome, output } = await trial.run('Bad()');
    expect(outcome).toBe('raised');
    expect(colourless(output).replaceAll(/^ *[\^~]+\n/gm, '')).toBe(
      'Traceback (most recent call last):\n' +
        '  File "<python-input-2>", line 1, in <module>\n    Bad()\n'.replace(
          '    Bad()\n',
          colourless(output).includes('    Bad()\n') ? '    Bad()\n' : '',
        ) +
        '  File "<python-input-1>", line 3, in __repr__\n    return 1 / 0\n' +
        'ZeroDivisionError: division by zero\n',
    );
    expect(await trial.says('2')).toBe('2\n');
  });

  it('are kept in `sys.last_value` and its kin', async () => {
    const trial = openTrial(python);
    await trial.run('def f():\n    local = 5\n    1/0\nf()');
    expect(
      await trial.says(
        'import sys\nt = sys.last_traceback\nwhile t.tb_next: t = t.tb_next\n' +
          'print(sys.last_type.__name__, sys.last_value, t.tb_frame.f_locals["local"])',
      ),
    ).toBe('ZeroDivisionError division by zero 5\n');
    if (isSince(python, 12)) {
      expect(await trial.says('sys.last_exc is sys.last_value')).toBe('True\n');
    }
  });

  it('go to the user’s own excepthook', async () => {
    const trial = openTrial(python);
    await trial.says('import sys\ndef hook(kind, value, trace):\n    print("hook:", kind.__name__, value)\n');
    await trial.says('sys.excepthook = hook');
    expect((await trial.run('1/0')).output).toBe('hook: ZeroDivisionError division by zero\n');
    await trial.says('def hook(*args):\n    undefined\nsys.excepthook = hook');
    const output = colourless((await trial.run('1/0')).output);
    expect(output).toContain('Error in sys.excepthook:\n');
    expect(output).toContain("NameError: name 'undefined' is not defined");
    expect(output).toContain('\nOriginal exception was:\n');
    expect(output).toContain('ZeroDivisionError');
    expect(output).not.toContain('pyrepl3/');
  });

  it('of memory leave a session that goes on', async () => {
    const trial = openTrial(python);
    await trial.says(
      'import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**30, resource.RLIM_INFINITY))',
    );
    const { outcome, failure, output } = await trial.run('hoard = [bytearray(2**20) for i in range(4000)]');
    expect([outcome, failure?.type]).toEqual(['raised', 'MemoryError']);
    expect(colourless(output)).toMatch(/^Traceback .*\n[\s\S]*\nMemoryError\n$/);
    expect(await trial.says('print("alive")')).toBe('alive\n');
  });

  it('of code with bytes that no compiler takes are data as well', async () => {
    const trial = openTrial(python);
    for (const code of ['"\0"', 'x = "\ud800"', `${'('.repeat(300)}`, `${'-'.repeat(100_000)}1`]) {
      expect((await trial.run(code)).outcome).toBe('raised');
    }
    expect(await trial.says('1')).toBe('1\n');
  });

  it('of threads are shown as they come', async () => {
    const trial = openTrial(python);
    const code = 'import threading\ndef f():\n    1/0\nt = threading.Thread(target=f)\nt.start()\nt.join()';
    const output = colourless(await trial.says(code));
    expect(output).toMatch(
      /^Exception in thread Thread-1.*\nTraceback [\s\S]*ZeroDivisionError: division by zero\n$/,
    );
    expect(output).not.toContain('pyrepl3/');
  });
});

function colourless(text: string): string {
  return stripVTControlCharacters(text);
}

/** Frames of ours, which nobody sees, take a few of the thousand. */
function depthless(text: string): string {
  return colourless(text).replace(/repeated \d+ more times/, 'repeated many more times');
}
