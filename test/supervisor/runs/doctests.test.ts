/** The examples of docstrings, with an undo and a redo after every third, and a save and a restore halfway: all the same. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { LIBRARY_PACKAGES } from '../../../build/setup/python-packages.mjs';
import { newStore, openSaved } from '../../support/checkpoints.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { pythonOfLibraries } from '../../support/pythons.ts';

/** Where examples are, in a module or in a class of one, and what they take for granted. */
const SOURCES: Record<string, string> = {
  statistics: 'from statistics import *',
  collections: 'from collections import *',
  fractions: 'from fractions import *',
  _pydecimal: 'from _pydecimal import *',
  difflib: 'from difflib import *',
  'numpy.lib': 'import numpy as np',
  'numpy.ma': 'import numpy as np',
  'numpy.linalg': 'import numpy as np; import random; random.seed(1); np.random.seed(1)',
  'pandas DataFrame': 'import numpy as np; import pandas as pd',
  'pandas Series': 'import numpy as np; import pandas as pd',
};

/** So many examples of each are enough. */
const MOST = 240;

/** Print, as JSON, the examples of each docstring, and what each prints or raises in a plain Python. */
const REFERENCE = `
import contextlib, doctest, importlib, io, json, sys
name, preamble, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
names, found = {"__name__": "__main__", "__builtins__": __builtins__}, []
sys.modules["__main__"].__dict__.update(names)
names = sys.modules["__main__"].__dict__
exec(preamble, names)
place, *inner = name.split()
where = importlib.import_module(place)
finder = doctest.DocTestFinder()
for test in finder.find(getattr(where, inner[0]), name, module=False) if inner else finder.find(where):
    played = []
    for example in test.examples:
        out = io.StringIO()
        raised = None
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            try:
                exec(compile(example.source, "<example>", "single"), names)
            except BaseException as error:
                raised = type(error).__name__
        played.append({"code": example.source, "out": out.getvalue(), "raised": raised})
    if played:
        found.append(played)
    if sum(map(len, found)) > most:
        break
print("\\n" + json.dumps(found))
`;

interface Example {
  code: string;
  out: string;
  raised: string | null;
}

/** Each with whether it comes out the same when it is played again: some draw random numbers. */
function steadyExamplesOf(...of: Parameters<typeof examplesOf>): (Example & { isSteady: boolean })[][] {
  const [one, other] = [examplesOf(...of), examplesOf(...of)];
  return one.map((examples, index) =>
    examples.map((example, at) => ({
      ...example,
      isSteady: JSON.stringify(example) === JSON.stringify(other[index]?.[at]),
    })),
  );
}

function examplesOf({ executable }: Interpreter, name: string, preamble: string, env: NodeJS.ProcessEnv) {
  const said = execFileSync(executable, ['-c', REFERENCE, name, preamble, String(MOST)], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Example[][];
}

/** Addresses differ from one process to the next, and the width of the terminal is pandas' measure. */
function comparable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/0x[0-9a-f]+/g, '0x')
    .trimEnd();
}

const python = pythonOfLibraries();
const isExtended = process.env.PYREPL3_EXTENDED !== undefined && existsSync(join(LIBRARY_PACKAGES, 'numpy'));

describe.runIf(isExtended && python)('the examples of docstrings', () => {
  it.each(Object.entries(SOURCES))('of %s', { timeout: 240_000 }, async (name, preamble) => {
    if (!python) throw new Error('There is no Python');
    const env = {
      PYTHONPATH: LIBRARY_PACKAGES,
      PYTHONHASHSEED: '0',
      PYTHONWARNINGS: 'ignore',
      COLUMNS: '80',
      LINES: '24',
    };
    const docstrings = steadyExamplesOf(python, name, preamble, env);
    expect(docstrings.flat().length).toBeGreaterThan(3);
    const trial = openSaved(python, { env: { ...process.env, ...env }, store: newStore() });
    const { session } = trial;
    await trial.run(preamble);
    const differences: unknown[] = [];
    let count = 0;
    for (const [index, examples] of docstrings.entries()) {
      for (const example of examples) {
        const { outcome, output, failure } = await trial.run(example.code);
        const raised = outcome === 'ok' ? null : (failure?.type.split('.').at(-1) ?? outcome);
        const out = raised === null ? comparable(output) : null;
        const wanted = example.raised === null ? comparable(example.out) : null;
        if (example.isSteady && (raised !== example.raised || out !== wanted))
          differences.push({ code: example.code, out, raised, wanted, wantedRaised: example.raised });
        count += 1;
        if (count % 3 === 0 && outcome === 'ok') {
          await session.undo();
          await session.redo();
        }
      }
      if (index === Math.floor(docstrings.length / 2)) {
        const { id } = await session.checkpoints.save({ name: 'halfway' }).done;
        await session.checkpoints.restore(id);
      }
    }
    expect(differences).toEqual([]);
  });
});
