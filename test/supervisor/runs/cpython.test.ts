/** CPython's own tests, in a session and in plain Python: what fails in a session alone is a fault of ours, or explained. */

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Interpreter } from '../../support/interpreters.ts';
import { PYTHONS } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

/** Those that could notice whose process they run in. */
const MODULES = (
  'grammar generators coroutines asyncgen context decimal traceback code_module codeop builtin sys io ' +
  'fileio tempfile subprocess threading thread queue signal threadsignals faulthandler atexit gc weakref pickle copy ' +
  'copyreg inspect linecache warnings logging contextlib dataclasses enum typing functools pdb bdb cmd getpass pty ' +
  'select selectors fork1 wait3 wait4 posix resource mmap fcntl runpy site'
).split(' ');

/** What is not as in a plain Python, and why. */
const EXPLAINED: Record<string, string> = {};

const SWEEP = `
import io, json, sys, unittest
def sweep(name, report):
    suite = unittest.defaultTestLoader.loadTestsFromName("test.test_" + name)
    result = unittest.TextTestRunner(stream=io.StringIO(), verbosity=0).run(suite)
    failed = sorted({str(test) for test, _ in result.failures + result.errors})
    with open(report, "w") as file:
        json.dump({"count": result.testsRun, "failed": failed}, file)
`;

const MOST_MS = 240_000;

interface Report {
  count: number;
  failed: string[];
}

async function inPlainPython({ executable }: Interpreter, module: string, folder: string): Promise<Report> {
  const report = join(folder, 'plain.json');
  const script = join(folder, 'plain.py');
  writeFileSync(script, `${SWEEP}\nsweep(${JSON.stringify(module)}, ${JSON.stringify(report)})\n`);
  await promisify(execFile)(executable, [script], { cwd: folder, timeout: MOST_MS });
  return JSON.parse(readFileSync(report, 'utf8'));
}

async function inSession(python: Interpreter, module: string, folder: string): Promise<Report> {
  const report = join(folder, 'session.json');
  const trial = openTrial(python, { cwd: folder });
  await trial.run(SWEEP);
  await trial.run(`sweep(${JSON.stringify(module)}, ${JSON.stringify(report)})`);
  return JSON.parse(readFileSync(report, 'utf8'));
}

/** The newest that has them: Debian's has them apart. In the long run alone, as they take minutes. */
function pythonWithTests(): Interpreter | undefined {
  const has = ({ executable }: Interpreter) =>
    spawnSync(executable, ['-c', 'import test.test_grammar']).status === 0;
  return process.env.PYREPL3_EXTENDED ? PYTHONS.filter(has).at(-1) : undefined;
}

const python = pythonWithTests();

describe.runIf(python)('the tests of CPython', () => {
  it.each(MODULES)('test_%s', { timeout: 2 * MOST_MS }, async (module) => {
    if (!python) throw new Error('There is no Python');
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-cpython-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const plain = await inPlainPython(python, module, folder);
    const session = await inSession(python, module, folder);
    expect(plain.failed.filter((name) => name.includes('_FailedTest'))).toEqual([]);
    expect(session.count).toBe(plain.count);
    const ours = session.failed.filter((name) => !plain.failed.includes(name) && !(name in EXPLAINED));
    expect(ours).toEqual([]);
  });
});
