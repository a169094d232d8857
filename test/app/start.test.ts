/** Starting: with a Python that is none, for the second time, and anew. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import { findElectron } from '../../build/setup/electron.mjs';
import { chromiumFlags } from '../../build/window.mjs';
import { findInterpreter } from '../../electron/supervisor/platform/interpreter.ts';
import { openReadyWindow, openWindow, type Window } from './window.ts';

let home: string;
let window: Window;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pyrepl3-start-'));
});

afterEach(async () => {
  await window.close();
  rmSync(home, { recursive: true, force: true });
});

it('says why a Python could not be started, and starts the one that is chosen instead', async () => {
  window = await openWindow({ home, args: ['--python', join(home, 'no-python')] });
  const alert = window.page.getByTestId('failure');
  await expect.poll(() => alert.innerText(), { timeout: 10_000 }).toContain('Python could not be started');
  expect(await alert.innerText()).toContain(join(home, 'no-python'));
  await window.becomes('ended');
  await window.electron.evaluate(({ dialog }, python) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [python] });
  }, findInterpreter());
  await window.page.getByRole('button', { name: 'Choose interpreter…' }).click();
  await window.becomes('idle');
  await window.type('print("chosen")');
  await window.shows(/^chosen$/m);
});

it('says so when what was named is no Python', async () => {
  const file = join(home, 'fake');
  writeFileSync(file, '#!/bin/sh\necho this is no Python >&2\nexit 3\n', { mode: 0o755 });
  window = await openWindow({ home, args: ['--python', file] });
  await window.becomes('ended');
  await expect.poll(() => window.page.getByTestId('failure').innerText()).toContain(file);
});

it('asks before a restart that ends a run', async () => {
  window = await openReadyWindow({ home });
  await window.run('x = 1', 1);
  await window.type('import time; time.sleep(60)');
  await window.becomes('running');
  await answer(1);
  await window.page.getByRole('button', { name: 'Restart' }).click();
  await expect.poll(question).toContain('A run goes on');
  await window.becomes('running');
  await answer(0);
  await window.page.getByRole('button', { name: 'Restart' }).click();
  await window.shows(/started again/);
  await window.becomes('idle');
  await window.type('"x" in globals()');
  await window.shows(/^False$/m);
});

it('shows the file of a second start in the window that is there', async () => {
  window = await openReadyWindow({ home });
  const file = join(home, 'second.py');
  writeFileSync(file, 'print(2)\n');
  const second = spawn(findElectron()?.executable ?? '', [...chromiumFlags(), ROOT, file], {
    env: { ...process.env, PYREPL3_HOME: home },
    stdio: 'ignore',
  });
  await once(second, 'exit');
  await expect.poll(() => window.page.getByTestId('script').innerText()).toBe('second.py');
  expect(window.electron.windows()).toHaveLength(1);
});

it('comes back with the size and the panes that it had', async () => {
  window = await openReadyWindow({ home });
  await window.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(777, 666));
  await window.choose('Show or hide editor');
  await expect.poll(() => window.page.getByTestId('editor').count()).toBe(0);
  await window.electron.close();
  window = await openReadyWindow({ home });
  const size = await window.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getSize(),
  );
  expect(size).toEqual([777, 666]);
  expect(await window.page.getByTestId('editor').count()).toBe(0);
});

/** Answer the next question by its button's index; a native dialog cannot be pressed from here. */
async function answer(response: number) {
  await window.electron.evaluate(({ dialog }, given) => {
    dialog.showMessageBox = (async (_window: unknown, { detail }: { detail?: string }) => {
      Object.assign(dialog, { asked: detail });
      return { response: given, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, response);
}

/** What was asked last. */
function question(): Promise<string> {
  return window.electron.evaluate(({ dialog }) => (dialog as unknown as { asked?: string }).asked ?? '');
}
