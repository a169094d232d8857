/** The editor in the window: what it runs, and what it keeps. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openReadyWindow, type Window } from './window.ts';

const SCRIPT = `import math

# A circle's area.
def area(r):
    return math.pi * r ** 2

print('area', round(area(2), 3))
for i in range(2):
    print('turn', i)

    print('half', i / 2)
raise ValueError('on line 12')
`;

let folder: string;
let file: string;
let window: Window;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-editor-'));
  file = join(folder, 'circle.py');
  writeFileSync(file, SCRIPT);
  mkdirSync(join(folder, 'home'));
  window = await open();
});

afterEach(async () => {
  await window.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(...args: string[]) {
  return openReadyWindow({ args: args.length > 0 ? args : [file], home: join(folder, 'home') });
}

async function goToLine(line: number) {
  await window.choose('Go to editor');
  await expect.poll(window.focusedPane).toBe('Editor');
  await window.page.keyboard.press('Control+Home');
  for (let at = 1; at < line; at += 1) await window.page.keyboard.press('ArrowDown');
}

it('runs the current statement and moves on to the next', async () => {
  await goToLine(1);
  for (let press = 0; press < 4; press += 1) {
    await window.page.keyboard.press('Shift+Enter');
    await expect.poll(() => window.page.getByTestId('status').innerText()).toContain(`run ${press + 1}`);
    await window.becomes('idle');
  }
  await window.shows(/^area 12\.566$/m);
  await window.shows(/^half 0\.5$/m);
  expect(await window.focusedPane()).toBe('Editor');
});

it('runs the selection', async () => {
  await window.type('i = 7');
  await goToLine(9);
  await window.page.keyboard.press('Home');
  await window.page.keyboard.press('Shift+End');
  await window.page.keyboard.press('Shift+Enter');
  await window.shows(/^turn 7$/m);
});

it('runs the file; a traceback points at its line', async () => {
  await window.choose('Run file');
  await window.shows(/File ".*circle\.py", line 12, in <module>/);
  await window.shows(/^ValueError: on line 12$/m);
  expect(await window.text()).toContain("raise ValueError('on line 12')");
});

it('saves, and says what is not saved', async () => {
  const tab = window.page.getByTestId('script');
  await goToLine(12);
  await window.page.keyboard.press('Shift+End');
  await window.page.keyboard.type('x = 1');
  await expect.poll(() => tab.locator('[aria-label="not saved"]').count()).toBe(1);
  await window.choose('Save');
  await expect.poll(() => tab.locator('[aria-label="not saved"]').count()).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(SCRIPT.replace("raise ValueError('on line 12')", 'x = 1'));
});

it('keeps what was not saved over a quit, for files and for scripts without one', async () => {
  await goToLine(1);
  await window.page.keyboard.type('# unsaved ');
  await window.electron.close();
  window = await open(file);
  await expect.poll(editorText).toContain('# unsaved import math');
  expect(readFileSync(file, 'utf8')).toBe(SCRIPT);
  await window.choose('New script');
  await expect.poll(editorText).toBe('');
  await window.page.keyboard.type('later = 1');
  await window.electron.close();
  window = await open('--no-file');
  await expect.poll(editorText).toBe('later = 1');
});

function editorText() {
  return window.page.evaluate(() =>
    [...document.querySelectorAll('.view-line')]
      .map((line) => line.textContent?.replaceAll('\u00a0', ' '))
      .join('\n')
      .trim(),
  );
}
