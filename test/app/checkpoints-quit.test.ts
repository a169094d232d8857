/** The way out: the session is saved first, in bounded time, and the window says so. */

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PATIENCE } from './saved.ts';
import { openReadyWindow, type Window } from './window.ts';

/** Less than the time that a session gets to be saved. */
const AT_ONCE_MS = 5_000;

let folder: string;
let window: Window;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-quit-'));
  window = await openReadyWindow({ cwd: folder, home: join(folder, 'home') });
});

afterEach(async () => {
  await window.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

it('says that it saves the session, and goes at once when that is not waited for', async () => {
  await window.run('class Slow:\n    def __reduce__(self):\n        import time; time.sleep(60)\n', 1);
  await window.run('slow = Slow()', 2);
  const ended = once(window.electron.process(), 'exit');
  // Not awaited: the window goes before it can answer.
  void window.electron
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    .catch(() => undefined);
  const closing = window.page.getByTestId('closing');
  await expect.poll(() => closing.innerText(), PATIENCE).toMatch(/^Saving the session…/);
  const focused = () => window.page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('Quit without waiting');
  const begin = performance.now();
  // The window may be gone before the click is answered.
  await closing
    .getByRole('button')
    .click({ noWaitAfter: true })
    .catch(() => undefined);
  await ended;
  expect(performance.now() - begin).toBeLessThan(AT_ONCE_MS);
});

it('saves the last run, and what is written in the editor, on the way', async () => {
  await window.run('x = "last"', 1);
  await window.choose('Go to editor');
  await expect.poll(window.focusedPane).toBe('Editor');
  await window.page.keyboard.type('y = 1');
  await window.electron.close();
  window = await openReadyWindow({ cwd: folder, home: join(folder, 'home') });
  await window.choose('Go to saved sessions');
  const card = window.page.locator('.card');
  await expect.poll(() => card.count(), PATIENCE).toBe(1);
  expect(await card.getAttribute('aria-label')).toMatch(/^Automatic · .* · 1 name/);
});

it('stays where the session cannot be saved, says why, and goes when it can', async () => {
  await window.electron.close();
  const home = join(folder, 'other home');
  const obstacle = join(home, 'checkpoints');
  mkdirSync(home);
  writeFileSync(obstacle, 'a file in the place of the folder');
  window = await openReadyWindow({ cwd: folder, home });
  await window.run('x = "kept"', 1);
  const ended = once(window.electron.process(), 'exit');
  await window.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const closing = window.page.getByTestId('closing');
  await expect.poll(() => closing.innerText(), PATIENCE).toContain('The session could not be saved');
  expect(await closing.innerText()).toContain(obstacle);
  const focused = () => window.page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('Try again');
  rmSync(obstacle);
  // The window may be gone before the key is answered.
  void window.page.keyboard.press('Enter').catch(() => undefined);
  await ended;
  window = await openReadyWindow({ cwd: folder, home });
  await window.choose('Go to saved sessions');
  await expect.poll(() => window.page.locator('.card').count(), PATIENCE).toBe(1);
});
