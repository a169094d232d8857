/** What fails in the window itself is said, in the page as in the main process, and the window goes on. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Bridge } from '../../electron/contract/bridge.ts';
import { findInterpreter } from '../../electron/supervisor/platform/interpreter.ts';
import { shareWindow, type Window } from './window.ts';

let window: Window;
shareWindow((shared) => {
  window = shared;
});

const log = () => readFileSync(join(window.home, 'log', 'pyrepl3.log'), 'utf8');

it('says in the console what nobody has caught in the main process, and goes on', async () => {
  await window.electron.evaluate(() => {
    Promise.reject(new Error('a stray rejection'));
    setImmediate(() => {
      throw new Error('a stray exception');
    });
  });
  await window.shows(/in work that nobody waits for: a stray rejection/);
  await window.shows(/where nobody expected it: a stray exception/);
  await window.type('6 * 7');
  await window.shows(/\n42\n/);
  expect(log()).toMatch(/Error: a stray rejection\n {6}at /);
});

it('says in a notice what nobody has caught in the page, which can be closed', async () => {
  await window.page.evaluate(() => {
    setTimeout(() => {
      throw new Error('a stray exception of the page');
    });
  });
  const notice = window.page.getByTestId('fault');
  await expect.poll(() => notice.textContent()).toContain('where nobody expected it: ');
  await expect.poll(log).toContain('a stray exception of the page');
  await notice.getByLabel('Close').click();
  await expect.poll(() => notice.count()).toBe(0);
});

it('says so where code of the editor is to run and no Python starts', async () => {
  const python = join(window.home, 'no-python');
  writeFileSync(python, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
  await choose(python);
  await window.becomes('ended');
  await window.page.evaluate(() =>
    (globalThis as unknown as { bridge: Bridge }).bridge.call('run', {
      code: 'print(1)\n',
      path: null,
      line: 1,
      whole: true,
    }),
  );
  await choose(findInterpreter());
  await window.becomes('idle');
  await window.shows(/there is no Python, so the script was not run/);
});

/** Have the user choose this interpreter, and agree to whatever is asked. */
async function choose(python: string): Promise<void> {
  await window.electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
  }, python);
  await window.choose('Choose interpreter…');
}
