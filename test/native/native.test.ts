/** Runs the tests of the native object, and of what stands in for it, under several Pythons. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { END_AFTER_MS, runPythonFile } from '../support/python-files.ts';
import { OLD_AND_NEW, ONE, onPythons } from '../support/pythons.ts';

const HERE = import.meta.dirname;
const FILES = readdirSync(HERE).filter((name) => /^test_.*\.py$/.test(name));

/** What has to do with the interpreter's own memory, locks and threads; all else is between the system and us. */
const OF_THE_VERSION = ['test_forking.py', 'test_hazards.py', 'test_object.py', 'test_scenarios.py'];

describe.runIf(process.platform === 'linux')('on Linux', () => {
  onPythons(OLD_AND_NEW, 'the native part', (python) => {
    it.each(OF_THE_VERSION)('%s', { timeout: END_AFTER_MS }, (file) =>
      runPythonFile(python, join(HERE, file)),
    );
  });

  onPythons(ONE, 'the native part', (python) => {
    const files = FILES.filter((file) => !OF_THE_VERSION.includes(file));
    it.each(files)('%s', { timeout: END_AFTER_MS }, (file) => runPythonFile(python, join(HERE, file)));
  });
});

/** In the long run alone: it installs a Debian, as root. */
const isExtended = process.env.PYREPL3_EXTENDED !== undefined && process.getuid?.() === 0;
const ROOTS_MS = 30 * 60_000;

describe.runIf(isExtended && process.platform === 'linux')('in what the next Debian is made of', () => {
  it('passes, with each Python that it has', { timeout: ROOTS_MS }, async () => {
    const child = spawn('sh', [join(HERE, 'roots', 'run.sh'), '', 'sid'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, complained, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect({ status, said: status === 0 ? '' : said + complained }).toEqual({ status: 0, said: '' });
  });
});
