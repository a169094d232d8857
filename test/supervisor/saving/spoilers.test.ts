/** Nothing that a program does to Python or to one of its names keeps the others from being saved. */

import { expect, it } from 'vitest';
import { fate, openSaved } from '../../support/checkpoints.ts';
import { OLD_AND_NEW, onPythons } from '../../support/pythons.ts';

const SPOILERS = {
  'a prompt that cannot be shown': 'import sys\nclass Bad:\n    def __str__(self): 1/0\n\nsys.ps1 = Bad()\n',
  'a metaclass whose namespace raises':
    'class Meta(type):\n    @property\n    def __dict__(cls): raise RuntimeError("no")\n\nclass Odd(metaclass=Meta): pass\n',
  'a metaclass whose every attribute raises':
    'class Meta(type):\n    def __getattribute__(cls, name): raise RuntimeError("no")\n\nclass Odd(metaclass=Meta): pass\n',
  'an object whose class lies':
    'class Liar:\n    @property\n    def __class__(self): raise RuntimeError("no")\n\nliar = Liar()\n',
  'little recursion': 'import sys; sys.setrecursionlimit(60)',
  'no path': 'import sys; sys.path.clear()',
  'no finders': 'import sys; sys.meta_path.clear(); sys.path_hooks.clear()',
};

onPythons(OLD_AND_NEW, 'what might spoil a save', (python) => {
  it.each(Object.entries(SPOILERS))('%s: the other names come back', async (_, code) => {
    const trial = openSaved(python);
    const { checkpoints } = trial.session;
    await trial.says('kept = {"a": [1, 2]}');
    await trial.says(code);
    const { id } = await checkpoints.save({ name: 'here' }).done;
    const { names } = await checkpoints.restore(id);
    expect(fate(names, 'kept')).toBe('saved');
    expect(await trial.says('kept')).toBe("{'a': [1, 2]}\n");
  });
});
