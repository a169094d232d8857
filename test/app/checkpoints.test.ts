/** Saved sessions in the window: made with a name and Enter, brought back, compared, renamed, deleted, exported. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, beginSave, cards, goToSaved, PATIENCE, question, save } from './saved.ts';
import { openReadyWindow, shareWindow, type Window } from './window.ts';

let folder: string;
let window: Window;

const detail = () => window.page.getByTestId('checkpoint');
const card = (name: string) => window.page.locator('.card', { hasText: name });
const press = (name: string) => detail().getByRole('button', { name }).click();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-saved-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('in a window of its own', () => {
  beforeEach(async () => {
    window = await openReadyWindow({ cwd: folder });
  });

  afterEach(() => window.close());

  it('says what will be there, and with which key', async () => {
    await goToSaved(window);
    expect(await window.page.getByTestId('saved').innerText()).toMatch(
      /Saved sessions will be here.*Ctrl\+Alt\+S/s,
    );
  });

  it('saves while one goes on, says what is not in it, and brings it back', async () => {
    await window.run('import math; data = {"price": [1, 2]}', 1);
    await window.run('gen = (i for i in data)', 2);
    await save(window, 'before lunch');
    await expect.poll(window.focusedPane).toBe('Console');
    await window.shows(/saved before lunch: 2 names/);
    expect((await cards(window))[0]).toMatch(
      // What changed is told only where the session was not saved by itself just before.
      /^before lunch · \d\d:\d\d · 2 names · .* · 1 name not saved( · \+3)?$/,
    );
    await card('before lunch').click();
    await expect
      .poll(() => detail().innerText(), PATIENCE)
      .toMatch(/gen\s+generator\s+not saved\s+.*generator/);
    expect(await detail().innerText()).toContain('after run 2');
    await window.run('data = None; del math', 3);
    await card('before lunch').click();
    await press('Restore');
    await window.shows(/restored before lunch/);
    await window.type('print("is", data["price"], math.floor(2.5))');
    await window.shows(/^is \[1, 2\] 2$/m);
  });

  it('runs again what makes the names that did not come back, with one key', async () => {
    await window.run('n = 3', 1);
    await window.run('gen = (i for i in range(n))', 2);
    await save(window, 'with a generator');
    await window.run('del gen', 3);
    await card('with a generator').click();
    await press('Restore');
    const block = window.page.getByTestId('restored');
    await expect.poll(() => block.innerText(), PATIENCE).toMatch(/gen\s+not back\s+.*run 2 makes it again/s);
    await expect.poll(() => block.getByTestId('rerun').innerText()).toBe('Re-run run 2');
    await expect.poll(() => block.getByTestId('rerun').isEnabled(), PATIENCE).toBe(true);
    await window.press('R', 'control', 'alt');
    await expect.poll(() => block.count(), PATIENCE).toBe(0);
    await window.type('print("again", list(gen))');
    await window.shows(/^again \[0, 1, 2\]$/m);
  });

  it('is used with the keyboard alone', async () => {
    const { keyboard } = window.page;
    await window.run('x = 1', 1);
    await save(window, 'one');
    await window.run('x = 2; y = 3', 2);
    await save(window, 'two');
    await goToSaved(window);
    const active = () => window.page.locator('.card.active .title').innerText();
    expect(await active()).toBe('two');
    for (const [key, name] of [
      ['ArrowDown', 'one'],
      ['Home', 'two'],
      ['ArrowUp', 'two'],
      ['End', 'one'],
    ] as const) {
      await keyboard.press(key);
      await expect.poll(active).toBe(name);
    }
    await keyboard.press('F2');
    await keyboard.type('first');
    await keyboard.press('Enter');
    await expect.poll(async () => (await cards(window)).at(-1), PATIENCE).toMatch(/^first /);
    await keyboard.press('Escape');
    await expect.poll(() => detail().count()).toBe(0);
    expect(await window.focusedPane()).toBe('Saved');
    await keyboard.press('Enter');
    await expect.poll(() => detail().innerText(), PATIENCE).toMatch(/x\s+int/);
    await keyboard.press('Enter');
    await window.shows(/restored first/);
    await expect.poll(window.focusedPane).toBe('Console');
    await window.type('print("x is", x, "y" in globals())');
    await window.shows(/^x is 1 False$/m);
  });

  it('saves by itself after a run, and shows it', async () => {
    await goToSaved(window);
    await window.run('x = 1', 1);
    await expect
      .poll(() => cards(window), PATIENCE)
      .toEqual([expect.stringMatching(/^Automatic · .* · 1 name · /)]);
  });

  it('shows how far a save is, and stops it', async () => {
    await goToSaved(window);
    await window.run('class Slow:\n    def __reduce__(self):\n        import time; time.sleep(60)\n', 1);
    await window.run('slow = Slow(); x = 1', 2);
    await beginSave(window, 'slow one');
    const transfer = window.page.getByTestId('transfer');
    await expect.poll(() => transfer.innerText(), PATIENCE).toMatch(/^Saving slow one/);
    await window.type('print("meanwhile", x)');
    await window.shows(/^meanwhile 1$/m);
    await transfer.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => transfer.count(), PATIENCE).toBe(0);
    expect((await cards(window).catch(() => [])).filter((each) => each.startsWith('slow one'))).toEqual([]);
    // Nor is it waited for at the end.
    await window.run('del slow', 4);
  });
});

/** Each knows its own by name, and sets the names that it looks at. */
describe('beside others', () => {
  shareWindow((shared) => {
    window = shared;
  });

  it('tells which names differ between two', async () => {
    await window.run('x = 1; y = 1; z = 1', 1);
    await save(window, 'before');
    await window.run('x = 2; del y; new = 4', 2);
    await save(window, 'after');
    await card('before').click();
    await press('Compare');
    await card('after').click();
    const comparison = window.page.getByTestId('comparison');
    await expect.poll(() => comparison.innerText(), PATIENCE).toMatch(/From before .* to after .*:/);
    expect(await comparison.innerText()).toMatch(/\+ added\s+new\s+~ changed\s+x\s+− removed\s+y/);
  });

  it('says why a name cannot be', async () => {
    await window.run('x = 1', 1);
    await save(window, 'to be renamed');
    await card('to be renamed').click();
    await press('Rename');
    await window.page.keyboard.type('12');
    await window.page.keyboard.press('Enter');
    await expect
      .poll(() => detail().getByRole('alert').innerText())
      .toContain('A name has at least one letter');
    await window.page.keyboard.press('Escape');
    await expect.poll(() => detail().getByRole('alert').count()).toBe(0);
  });

  it('deletes only after a question that says what it means', async () => {
    await window.run('x = 1', 1);
    await save(window, 'to go');
    await card('to go').click();
    await answer(window, 1);
    await press('Delete…');
    await expect
      .poll(() => question(window))
      .toBe('Delete to go? Its names are removed from the disk. This cannot be undone.');
    expect((await cards(window)).some((each) => each.startsWith('to go'))).toBe(true);
    await answer(window, 0);
    await press('Delete…');
    await expect
      .poll(async () => (await cards(window)).some((each) => each.startsWith('to go')), PATIENCE)
      .toBe(false);
    expect(await window.page.getByTestId('saved').innerText()).toContain('Deleted to go.');
  });

  it('writes one into a file, and says where', async () => {
    await window.run('x = [1]; print("shown" * 2)', 1);
    await save(window, 'to file');
    await card('to file').click();
    const file = join(folder, 'one.pyrepl3');
    await window.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await answer(window, 0);
    await press('Export…');
    await expect
      .poll(() => window.page.getByTestId('saved').innerText(), PATIENCE)
      .toContain('Exported to file to');
    expect(await question(window)).toMatch(
      /^Export names and code of to file, or everything\? Everything is also what was printed \(.*\)/,
    );
    expect(readFileSync(file).includes('shownshown')).toBe(false);
    await answer(window, 1);
    await press('Export…');
    await expect.poll(() => readFileSync(file).includes('shownshown'), PATIENCE).toBe(true);
  });
});
