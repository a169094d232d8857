/** States in the window: a run can be undone, and neither a crash nor a hard stop loses more than the run. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openOwn, shareWindow, type Window } from './window.ts';

/** A loop that no interrupt ends. */
const STUBBORN = 'import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); exec("while True: pass")';

let window: Window;

shareWindow((shared) => {
  window = shared;
});

const button = (name: string) => window.page.getByTestId(name);
const undid = (run: number) => new RegExp(`undid run ${window.numberOf(run)}`);

it('undoes and redoes by its buttons and keys, each there while there is something to do', async () => {
  const enabled = async () => [await button('undo').isEnabled(), await button('redo').isEnabled()];
  expect(await enabled()).toEqual([false, false]);
  await window.run('x = 1', 1);
  await window.run('x = 2', 2);
  expect(await enabled()).toEqual([true, false]);
  await button('undo').click();
  await expect.poll(enabled).toEqual([true, true]);
  await button('undo').click();
  await expect.poll(enabled).toEqual([false, true]);
  expect(await button('redo').getAttribute('title')).toBe('Redo run 1: x = 1 (Ctrl+Alt+Shift+Z)');
  await button('redo').click();
  await expect.poll(enabled).toEqual([true, true]);
  await window.press('Z', 'control', 'alt', 'shift');
  await expect.poll(enabled).toEqual([true, false]);
  await window.type('print("x is", x)');
  await window.shows(/^x is 2$/m);
});

it('brings a column back that was deleted by mistake, with one key', async () => {
  await window.run("frame = {'price': [1, 2], 'size': [3, 4]}", 1);
  await window.run("del frame['price']", 2);
  expect(await button('undo').getAttribute('title')).toBe(
    `Undo run ${window.numberOf(2)}: del frame['price'] (Ctrl+Alt+Z)`,
  );
  await window.press('Z', 'control', 'alt');
  await window.shows(undid(2));
  await window.run('print(sorted(frame))', 3);
  await window.shows(/^\['price', 'size'\]$/m);
});

it('undoes a run while the editor has the keyboard, and leaves the script alone', async () => {
  await window.run('x = 1', 1);
  await window.run('x = 2', 2);
  await window.choose('Go to editor');
  await expect.poll(window.focusedPane).toBe('Editor');
  await window.page.keyboard.type('text = 1');
  await window.press('Z', 'control', 'alt');
  await window.shows(undid(2));
  expect(await window.focusedPane()).toBe('Editor');
  expect(await window.page.locator('.view-line').allInnerTexts()).toEqual(['text\u00a0=\u00a01']);
});

it('goes on after a segmentation fault, with the names of the run before', async () => {
  await window.run('kept = [1, 2, 3]', 1);
  await window.type('import os; os.kill(os.getpid(), 11)');
  await window.shows(/SIGSEGV/);
  await window.becomes('idle');
  await window.type('print("kept", kept)');
  await window.shows(/^kept \[1, 2, 3\]$/m);
});

it('stops by force what ignores every interrupt, and keeps the state', async () => {
  const stop = button('stop');
  const width = (await stop.boundingBox())?.width;
  await window.run('kept = "still here"', 1);
  await window.type(STUBBORN);
  await window.becomes('running');
  for (const label of ['Interrupt', 'Interrupt again', 'Stop, keep the state']) {
    await expect.poll(() => stop.innerText(), { timeout: 5_000 }).toBe(label);
    expect((await stop.boundingBox())?.width).toBe(width);
    await stop.click();
  }
  await window.becomes('idle');
  await window.type('print(kept)');
  await window.shows(/^still here$/m);
});

it('says what a stop by force would lose, where no copies are kept', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pyrepl3-states-'));
  writeFileSync(
    join(home, 'settings.json'),
    '{ "states": { "keep": "when asked" }, "stop": { "step": 200 } }',
  );
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  window = await openOwn({ home });
  await window.run('x = 1', 1);
  await window.type('y = 2');
  const title = () => button('undo').getAttribute('title');
  await expect.poll(title).toContain('Run 2 cannot be undone: copies are kept only when you ask');
  await window.type(STUBBORN);
  await window.becomes('running');
  const stop = button('stop');
  for (const label of ['Interrupt', 'Interrupt again', 'Stop, lose names']) {
    await expect.poll(() => stop.innerText(), { timeout: 5_000 }).toBe(label);
    if (label !== 'Stop, lose names') await stop.click();
  }
  expect(await stop.getAttribute('title')).toContain(
    'all names are lost, as copies are kept only when you ask',
  );
  await stop.click();
  await window.becomes('ended');
});

it('keeps what a transaction did, or drops it, by its banner', async () => {
  const banner = button('transaction');
  await window.run('x = 1', 1);
  await window.choose('Begin transaction');
  await expect.poll(() => banner.innerText()).toContain('In a transaction · no run yet');
  await window.run('x = 2', 2);
  await window.run('y = 3', 3);
  await expect
    .poll(() => banner.innerText())
    .toContain(`In a transaction since run ${window.numberOf(2)} · 2 runs`);
  await banner.getByRole('button', { name: 'Roll back' }).click();
  await expect.poll(() => banner.count()).toBe(0);
  await window.run('print("x is", x, "y" in globals())', 4);
  await window.shows(/^x is 1 False$/m);
  await window.choose('Begin transaction');
  await expect.poll(() => banner.count()).toBe(1);
  await window.run('x = 5', 5);
  await banner.getByRole('button', { name: 'Commit' }).click();
  await expect.poll(() => banner.count()).toBe(0);
  await window.run('print("x is now", x)', 6);
  await window.shows(/^x is now 5$/m);
});

it('restarts without a question, as the states before can be gone back to', async () => {
  window = await openOwn();
  await window.run('x = "from before"', 1);
  await window.page.getByRole('button', { name: 'Restart' }).click();
  await window.shows(/started again/);
  await window.type('"x" in globals()');
  await window.shows(/^False$/m);
  await window.page.locator('[data-state="1"]').dblclick();
  await window.shows(/in state 1/);
  await window.type('print(x)');
  await window.shows(/^from before$/m);
});

it('shows the timeline after exit() as well, and starts again with Enter', async () => {
  window = await openOwn();
  await window.run('x = 1', 1);
  await window.type('exit()');
  await window.becomes('ended');
  await window.shows(/Enter starts it again/);
  expect(await window.page.locator('.row').count()).toBe(2);
  await window.type('');
  await window.becomes('idle');
  await window.type('print("anew", "x" in globals())');
  await window.shows(/^anew False$/m);
});

it('asks once before a file comes back that can only be read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  try {
    await window.run(`import os; os.chdir(${JSON.stringify(folder)}); f = open('data', 'w+')`, 1);
    await window.run("f.write('undone'); f.flush()", 2);
    await button('undo').click();
    await window.shows(
      /^· data has changed since that state, which could only read it until it is opened again/m,
    );
    await window.shows(/%undo --force/);
    await window.page.keyboard.press('Enter');
    await window.shows(undid(2));
    await window.shows(/data was changed meanwhile, so it can only be read/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
