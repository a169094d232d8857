/** Whatever lies in the working folder under the name of a standard module is the user's, and nothing that we run. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { newStore, openSaved } from '../../support/checkpoints.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';

const NAMES = `
import os, sys
found = {name.partition(".")[0] for name in os.listdir(os.path.dirname(os.__file__))}
print(*sorted({*found, *sys.builtin_module_names, *getattr(sys, "stdlib_module_names", ())}))
`;
/** It writes down that it was run, and has nothing of what the standard one has. */
const LOCAL = 'open("ran", "a").write(__name__ + "\\n")\n';

/** A folder with a file for each module of the standard library. */
function folderOfNamesakes({ executable }: Interpreter): string {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = execFileSync(executable, ['-IS', '-c', NAMES], { encoding: 'utf8' }).trim().split(' ');
  expect(names.length).toBeGreaterThan(200);
  for (const name of names.filter((each) => /^\w+$/.test(each)))
    writeFileSync(join(folder, `${name}.py`), LOCAL);
  return folder;
}

function ranIn(folder: string): string[] {
  const file = join(folder, 'ran');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

onPythons(OLD_AND_NEW, 'a folder full of names of the standard library', (python) => {
  it('is left alone: the session starts, completes, raises, undoes, saves and restores', async () => {
    const cwd = folderOfNamesakes(python);
    const store = newStore();
    const trial = openSaved(python, { cwd, store });
    const { session } = trial;
    await trial.says('def double(value):\n    """Twice."""\n    return 2 * value\n');
    await trial.says('class Point:\n    x = 1\n\npoint = Point(); values = {"a": [1.5, None]}');
    expect((await session.complete('poi', 3)).matches.map(({ text }) => text)).toContain('point');
    expect(await session.describe('double(', 7)).toMatchObject({ signature: 'double(value)' });
    expect((await session.check('if x:')).verdict).toBe('incomplete');
    expect((await session.split('x = 1\n%undo\n')).chunks).toHaveLength(2);
    expect((await trial.run('double(')).failure?.type).toBe('SyntaxError');
    expect((await trial.run('double(None)')).failure?.type).toBe('TypeError');
    expect(stripVTControlCharacters(trial.text)).toContain('in double');
    await trial.says('values["a"].append(2)');
    await session.undo();
    expect(await trial.says('values')).toBe("{'a': [1.5, None]}\n");
    const { id } = await session.checkpoints.save({ name: 'here' }).done;
    const { names } = await session.checkpoints.restore(id);
    expect(names.map(({ name, how }) => `${name} ${how}`).sort()).toEqual([
      'Point saved',
      'double saved',
      'point saved',
      'values saved',
    ]);
    expect(await trial.says('double(point.x), values')).toBe("(2, {'a': [1.5, None]})\n");
    expect(ranIn(cwd)).toEqual([]);
  });

  it('is what the program imports, as at a prompt of CPython', async () => {
    const cwd = folderOfNamesakes(python);
    const trial = openSaved(python, { cwd, store: newStore() });
    await trial.says('import colorsys, sched');
    expect(ranIn(cwd)).toEqual(['colorsys', 'sched']);
    await trial.says('1');
    expect((await trial.run('1/0')).failure?.type).toBe('ZeroDivisionError');
    await trial.session.checkpoints.save({ name: 'here' }).done;
    expect(ranIn(cwd)).toEqual(['colorsys', 'sched']);
  });
});

/** Each would be run by us, and return nonsense, if we took it for Python's own. */
const PATCHED = [
  'len',
  'isinstance',
  'getattr',
  'hasattr',
  'sorted',
  'min',
  'max',
  'any',
  'all',
  'sum',
  'id',
  'hash',
];

/** Every function that these modules have; Python's own modules cannot do without some others. */
const FUNCTIONS = `
import json, os, select, struct, time, pickle, io, gc, fcntl, zlib, hashlib
for module in (os, json, select, struct, time, pickle, io, gc, fcntl, zlib, hashlib):
    for name, value in list(vars(module).items()):
        if type(value).__name__ in ("function", "builtin_function_or_method") and name not in ("fspath", "stat"):
            setattr(module, name, None)
`;

onPythons(OLD_AND_NEW, 'a program that puts its own in the place of what Python has', (python) => {
  it.each([
    [
      'builtins',
      `import builtins\nfor name in ${JSON.stringify(PATCHED)}: setattr(builtins, name, lambda *a, **k: "patched")\n`,
    ],
    ['the import system', 'import sys; sys.meta_path.clear(); sys.path_hooks.clear(); sys.path.clear()'],
    ['__import__', 'import builtins; builtins.__import__ = None'],
    [
      'modules',
      'import sys\nfor name in ("json", "struct", "select", "traceback", "time", "os"): sys.modules[name] = None\n',
    ],
    ['functions of modules', FUNCTIONS],
  ])('goes on: %s', async (_, patch) => {
    const trial = openSaved(python, { store: newStore() });
    const { session } = trial;
    await trial.says('values = [3, 1, 2]');
    await trial.says(patch);
    expect(await trial.says('values')).toBe('[3, 1, 2]\n');
    await trial.says('values.append(4)');
    await session.undo();
    expect(await trial.says('values')).toBe('[3, 1, 2]\n');
    expect((await session.complete('val', 3)).matches.map(({ text }) => text)).toContain('values');
    expect((await session.check('if x:')).verdict).toBe('incomplete');
    expect((await trial.run('1/0')).failure?.type).toBe('ZeroDivisionError');
    expect(await trial.says('values')).toBe('[3, 1, 2]\n');
  });
});
