/** The next start: what was open is offered beside a clean start, and nothing comes back unasked. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cards, goToSaved, kill, PATIENCE, save, script } from './saved.ts';
import { openReadyWindow, openWindow, type Window } from './window.ts';

let folder: string;
let window: Window;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-offers-'));
  writeFileSync(join(folder, 'plot.py'), 'x = 1\n');
  window = await open(join(folder, 'plot.py'));
});

afterEach(async () => {
  await window.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

function open(...args: string[]) {
  return openReadyWindow({ args, cwd: folder, home: join(folder, 'home') });
}

const offers = () => window.page.getByTestId('offers');

/** Write at the end of the script, and do not save it. */
async function write(text: string) {
  await window.choose('Go to editor');
  await expect.poll(window.focusedPane).toBe('Editor');
  await window.page.keyboard.press('Control+End');
  await window.page.keyboard.type(text);
  await expect.poll(() => script(window)).toContain(text);
}

it('brings back what a kill has cut off, with one key: names, text, script and cursor', async () => {
  await window.run('names = ["kept"]', 1);
  await window.run('print("printed before")', 2);
  await write('y = 2  # not saved');
  await window.page.keyboard.press('ArrowLeft');
  await save(window, 'mine');
  await kill(window);
  window = await open();
  await expect
    .poll(() => offers().innerText())
    .toMatch(/^Cut off .* in .*\n+mine · 1 name · .* · last run print/);
  expect(await window.text()).not.toContain('kept');
  await window.type('print("names" in globals())');
  await window.shows(/^False$/m);
  await offers().getByRole('button', { name: 'Bring it back' }).focus();
  await window.page.keyboard.press('Enter');
  await window.shows(/restored mine/);
  await expect.poll(() => offers().count()).toBe(0);
  await expect.poll(window.focusedPane).toBe('Console');
  await window.shows(/^│ printed before$/m);
  expect(await script(window)).toContain('y = 2  # not saved');
  await window.type('print("have", names)');
  await window.shows(/^have \['kept'\]$/m);
  await window.choose('Go to editor');
  await expect.poll(window.focusedPane).toBe('Editor');
  await window.page.keyboard.type('!');
  await expect.poll(() => script(window)).toContain('# not save!d');
});

it('has the keyboard on the first choice, and gives it to the console with the first letter', async () => {
  await window.run('x = 1', 1);
  await save(window, 'mine');
  await kill(window);
  window = await open();
  await expect.poll(() => offers().count()).toBe(1);
  const focused = () => window.page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('Bring it back');
  await window.page.keyboard.type('print(6 * 7)\n');
  await window.shows(/^42$/m);
  expect(await offers().count()).toBe(1);
});

it('offers what a quit has ended, saved to its last run', async () => {
  await window.run('x = "last"', 1);
  await window.electron.close();
  window = await open();
  await expect.poll(() => offers().innerText()).toMatch(/^Quit /);
  await window.page.keyboard.press('Enter');
  await window.shows(/restored/);
  await window.type('print("x is", x)');
  await window.shows(/^x is last$/m);
});

it('waits for Python where it is told to before that has answered', async () => {
  await window.run('x = "early"', 1);
  await save(window, 'mine');
  await kill(window);
  window = await openWindow({ cwd: folder, home: join(folder, 'home') });
  await offers().getByRole('button', { name: 'Bring it back' }).press('Enter');
  await window.shows(/restored mine/);
  await window.type('print("x is", x)');
  await window.shows(/^x is early$/m);
});

it('starts clean, does not offer that again, and keeps it among the saved ones', async () => {
  await window.run('x = 1', 1);
  await save(window, 'mine');
  await kill(window);
  window = await open();
  await offers().getByRole('button', { name: 'Start clean' }).click();
  await expect.poll(() => offers().count()).toBe(0);
  await expect.poll(window.focusedPane).toBe('Console');
  await goToSaved(window);
  expect((await cards(window)).some((card) => card.startsWith('mine'))).toBe(true);
  await window.electron.close();
  window = await open();
  await window.becomes('idle');
  expect(await offers().count()).toBe(0);
});

it('lists several, the newest first', async () => {
  for (const name of ['first', 'second']) {
    await window.run('x = 1', 1);
    await save(window, name);
    await kill(window);
    window = await open();
  }
  await expect
    .poll(() => offers().locator('.about').allInnerTexts())
    .toEqual([expect.stringMatching(/second · 1 name/), expect.stringMatching(/first · 1 name/)]);
  await offers().locator('li', { hasText: 'first' }).getByRole('button').click();
  await window.shows(/restored first/);
});

it('asks again after the page itself has crashed', async () => {
  await window.run('x = 1', 1);
  await save(window, 'mine');
  await kill(window);
  window = await open();
  await expect.poll(() => offers().count()).toBe(1);
  const isThere = () =>
    window.electron.evaluate(({ BrowserWindow }) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          'document.querySelector("[data-testid=offers]")?.innerText ?? ""',
        ),
        // A page that has crashed never answers.
        new Promise((resolve) => setTimeout(resolve, 500, '')),
      ]),
    );
  await window.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => isThere().catch(() => ''), PATIENCE).toContain('Cut off');
});

it('keeps what is unsaved now, and says so', async () => {
  await window.run('x = 1', 1);
  await write('then = 1');
  await save(window, 'mine');
  await write('; now = 2');
  await goToSaved(window);
  await window.page.keyboard.press('Enter');
  await window.page.keyboard.press('Enter');
  await window.shows(/restored mine/);
  const told = window.page.getByTestId('restored');
  await expect
    .poll(() => told.innerText(), PATIENCE)
    .toContain('The editor keeps what is unsaved now of plot.py.');
  expect(await script(window)).toContain('then = 1; now = 2');
});
