/** How the window looks: nothing overlaps or is cut off, in both themes; pictures are kept for people to look at. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import { THEMES, type ThemeName } from '../../renderer/theme/tokens.ts';
import { openWindow, type Window } from './window.ts';

const PICTURES = join(ROOT, 'test-results/screenshots');

const SCRIPT = `"""Points on a parabola."""

from dataclasses import dataclass
import math


@dataclass
class Point:
    x: float
    y: float = 1e-3

    def length(self) -> float:
        # The distance from the origin.
        return math.hypot(self.x, self.y)


points = [Point(i, i**2) for i in range(10)]
for p in points:
    print(f"{p.x:>6.2f} {p.length()!r}")
`;

let folder: string;
let window: Window;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-look-'));
  writeFileSync(join(folder, 'parabola.py'), SCRIPT);
  window = await openWindow({ args: [join(folder, 'parabola.py')], cwd: folder });
});

afterAll(async () => {
  await window.close();
  rmSync(folder, { recursive: true, force: true });
});

const THEME_ITEMS: [ThemeName, string][] = [
  ['light', 'Light theme'],
  ['dark', 'Dark theme'],
];

it('shows a run that was fine, one that raised, and colours', async () => {
  await window.shows(/^>>> ?$/m);
  await window.type('total = sum(range(10)); print(total)', '1 / 0');
  await window.type(
    String.raw`print(*(f"\x1b[{n}mcolour {n}\x1b[0m" for n in (31, 32, 33, 34, 35, 36, 90, 91, 94)))`,
  );
  await window.type(`print('日本語', '👩‍👩‍👧', '┌─┐', 'ÅΩЖ', '=> != >=')`);
  await window.shows(/^日本語 /m);
  await window.becomes('idle');
});

it.each(THEME_ITEMS)('has one %s theme in page, editor and console', async (name, item) => {
  await window.choose(item);
  const { ground, sunken } = THEMES[name];
  await expect.poll(grounds).toEqual({ editor: rgb(ground), console: rgb(ground), toolbar: rgb(sunken) });
  await picture(`${name}-1200x800`);
});

it.each([
  [1200, 800],
  [900, 620],
  [640, 480],
  [360, 300],
])('has no part outside of the window at %i × %i', async (width, height) => {
  await resize(width, height);
  await expect.poll(overflowing).toEqual([]);
  for (const [name, item] of THEME_ITEMS) {
    await window.choose(item);
    await picture(`${name}-${width}x${height}`);
  }
});

it('has a timeline with branches, a transaction and a state looked at', async () => {
  await resize(1200, 800);
  await window.type('values = [1, 2]; other = {}', 'values.append(3)', 'del other', '%undo 2');
  await window.run('more = 4', 8);
  await window.choose('Begin transaction');
  await window.type('import time; time.sleep(0.2)', 'values = None');
  await window.becomes('idle');
  const banner = () => window.page.getByTestId('transaction').innerText();
  await expect.poll(banner).toContain('In a transaction since run 9 · 2 runs');
  await window.choose('Go to timeline');
  await expect.poll(window.focusedPane).toBe('Timeline');
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) {
    await window.page.keyboard.press(key);
  }
  await expect.poll(() => window.page.getByTestId('state').count()).toBe(1);
});

it.each([
  [1200, 800],
  [1000, 700],
  [800, 700],
  [480, 640],
  [360, 480],
])(
  'has no part of it outside of its place at %i × %i, and no scrollbar that nobody needs',
  async (width, height) => {
    await resize(width, height);
    for (const [name, item] of THEME_ITEMS) {
      await window.choose(item);
      await picture(`${name}-states-${width}x${height}`);
      await window.choose('Go to timeline');
      await expect.poll(window.focusedPane).toBe('Timeline');
      await expect.poll(overflowing).toEqual([]);
      expect(await scrollingSideways()).toEqual([]);
      await picture(`${name}-timeline-${width}x${height}`);
      if (width >= 900) continue;
      // A drawer is put away again.
      await window.page.mouse.click(10, 200);
      await expect.poll(() => window.page.getByTestId('rail').count()).toBe(0);
    }
  },
);

it('makes editor and console tabs where the window is low, and keeps the keyboard', async () => {
  await resize(800, 700);
  for (const [item, pane] of [
    ['Go to console', 'Console'],
    ['Go to editor', 'Editor'],
  ] as const) {
    await window.choose(item);
    await expect.poll(window.focusedPane).toBe(pane);
    for (const height of [500, 700]) {
      await resize(800, height);
      await expect.poll(() => window.page.getByRole('tab').count()).toBe(height < 600 ? 2 : 0);
      expect(await window.focusedPane()).toBe(pane);
    }
  }
  await resize(800, 500);
  const tabs = window.page.getByRole('tab');
  await expect.poll(() => tabs.allInnerTexts()).toEqual(['parabola.py', 'Console']);
  await window.choose('Go to editor');
  await expect.poll(window.focusedPane).toBe('Editor');
  await picture('dark-tabs-editor');
  await window.choose('Go to console');
  await expect.poll(window.focusedPane).toBe('Console');
});

it('is only a console and a status line without the editor', async () => {
  await resize(1000, 700);
  await window.choose('Show or hide editor');
  await expect.poll(() => window.page.getByTestId('editor').count()).toBe(0);
  await expect.poll(window.focusedPane).toBe('Console');
  await picture('dark-console-only');
});

async function resize(width: number, height: number) {
  await window.electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );
  await expect.poll(() => window.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

async function picture(name: string) {
  // Two frames: the page has been laid out anew, and the terminal has been drawn.
  await window.page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await window.page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

function grounds() {
  return window.page.evaluate(() => {
    const ground = (selector: string) => {
      const element = document.querySelector(selector);
      return element && getComputedStyle(element).backgroundColor;
    };
    return {
      editor: ground('.monaco-editor'),
      console: ground('[data-testid=console]'),
      toolbar: ground('.toolbar'),
    };
  });
}

/** Buttons and texts of ours that reach out of the window or of what they are in. */
function overflowing() {
  return window.page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '.toolbar > *, .status > *, .tab, .transaction > *, .head > *, .row > *, .detail > *, .detail header > *',
      ),
    ]
      .filter((element) => {
        const { left, right, bottom, height } = element.getBoundingClientRect();
        const end = element.parentElement?.getBoundingClientRect().right ?? innerWidth;
        return (
          height > 0 &&
          (left < 0 || right > end + 0.5 || (bottom > innerHeight + 0.5 && !element.closest('.row')))
        );
      })
      .map((element) => element.textContent),
  );
}

/** What of ours could be scrolled sideways: nothing should. */
function scrollingSideways() {
  return window.page.evaluate(() =>
    [...document.querySelectorAll('.work, .rail, .rail *')]
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        return (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth;
      })
      .map((element) => element.className),
  );
}

function rgb(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
}
