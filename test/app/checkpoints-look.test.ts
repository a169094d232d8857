/** How saved sessions look: nothing overlaps or is cut off, in both themes and at five widths; pictures are kept. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import type { Store } from '../../electron/supervisor/store/store.ts';
import { openStore } from '../../electron/supervisor/store/store.ts';
import { LARGE } from '../support/store.ts';
import { ABOUT, write } from '../support/writer.ts';
import { goToSaved, PATIENCE } from './saved.ts';
import { openReadyWindow, type Window } from './window.ts';

const PICTURES = join(ROOT, 'test-results/screenshots');
const SESSIONS = 4;
const OF_EACH = 10;

const SIZES: [number, number][] = [
  [1200, 800],
  [1000, 700],
  [800, 700],
  [480, 640],
  [360, 480],
];
const THEMES = ['light', 'dark'] as const;

/** Whatever of ours has text in it. */
const PARTS =
  '.head > *, .saving > *, .card .line > *, .card > *, .detail > *, .detail .line > *, .actions > *, ' +
  '.notice > *, .notice .line > *, .offers li > *';

let home: string;
let window: Window;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  home = mkdtempSync(join(tmpdir(), 'pyrepl3-saved-look-'));
  await fill(openStore({ home, budget: LARGE, foreign: 'ask' }));
  damageOne();
});

afterAll(async () => {
  await window.close();
  rmSync(home, { recursive: true, force: true });
});

it('offers three sessions, lists forty cards, and says of one that it cannot be used', async () => {
  window = await openReadyWindow({ home, cwd: home });
  const { page } = window;
  await expect.poll(() => page.getByTestId('offers').locator('li').count()).toBe(3);
  expect(await page.getByTestId('offers').innerText()).toContain('1 more session under Saved');
  await goToSaved(window);
  await expect.poll(() => page.locator('.card').count(), PATIENCE).toBe(SESSIONS * OF_EACH);
  expect(await page.locator('.card .failed').innerText()).toBe('✕ Cannot be used');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('checkpoint').innerText(), PATIENCE).toContain('bytes');
});

it.each(SIZES)(
  'has no part outside of its place at %i × %i, nor a scrollbar that nobody needs',
  async (...size) => {
    await resize(...size);
    for (const theme of THEMES) {
      await window.choose(theme === 'light' ? 'Light theme' : 'Dark theme');
      await window.choose('Go to console');
      await picture(`${theme}-offers-${size.join('x')}`);
      expect(await overflowing()).toEqual([]);
      await goToSaved(window);
      expect(await leftOfWork()).toBe(0);
      await expect.poll(overflowing).toEqual([]);
      expect(await scrollingSideways()).toEqual([]);
      await picture(`${theme}-saved-${size.join('x')}`);
      if (size[0] >= 900) continue;
      // A drawer is put away again.
      await window.page.mouse.click(10, 200);
      await expect.poll(() => window.page.getByTestId('rail').count()).toBe(0);
    }
  },
);

it('keeps the tab of the rail that was in front', async () => {
  await resize(1200, 800);
  await goToSaved(window);
  await window.electron.close();
  window = await openReadyWindow({ home, cwd: home });
  await expect.poll(() => window.page.getByTestId('saved').count()).toBe(1);
  await window.choose('Show or hide saved sessions');
  await expect.poll(() => window.page.getByTestId('rail').count()).toBe(0);
  await window.choose('Show or hide timeline');
  await expect.poll(() => window.page.getByTestId('timeline').count()).toBe(1);
});

/** Sessions that have been quit, with long names, names that are not saved, and code that fits in no line. */
async function fill(store: Store): Promise<void> {
  let id = 0;
  for (let index = 0; index < SESSIONS; index += 1) {
    const folder = index === 1 ? `/work/${'a-long-folder/'.repeat(8)}` : `/project-${index}`;
    const session = await store.openSession({ folder, python: '/usr/bin/python3' });
    for (let at = 0; at < OF_EACH; at += 1) {
      id += 1;
      const values = { x: 'one', [`a_name_${'that_goes_on_'.repeat(6)}`]: Buffer.alloc(100 * id, id) };
      const unsaved = at % 3 === 0 ? { gen: 'a generator, which stands in the middle of its code' } : {};
      const name =
        at % 4 === 1 ? (at === 1 ? 'before lunch' : `a name ${'that goes on '.repeat(6)}`.trim()) : null;
      const lastRuns = ["df.groupby(['region', 'month']).agg({'price': 'mean', 'volume': 'sum'}).describe()"];
      await session.commit(write(session.path, { id, values, unsaved }), {
        ...ABOUT,
        name,
        folder,
        lastRuns,
      });
    }
    await session.close('quit');
  }
}

function damageOne(): void {
  const folder = join(home, 'checkpoints');
  const session =
    readdirSync(folder)
      .filter((name) => /^\d/.test(name))
      .sort()
      .at(-1) ?? '';
  const roots = readdirSync(join(folder, session))
    .filter((name) => name.endsWith('.checkpoint'))
    .sort();
  writeFileSync(join(folder, session, roots.at(-3) ?? ''), '{"format": "pyrepl3');
}

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

/** Texts and buttons that reach out of the window or of what they are in, and blocks that are taller than their place. */
function overflowing() {
  return window.page.evaluate((parts) => {
    const isOut = (element: Element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      const end = element.parentElement?.getBoundingClientRect().right ?? innerWidth;
      return width > 0 && height > 0 && (left < 0 || right > end + 0.5);
    };
    const isTooTall = (element: Element) => {
      const place = element.parentElement?.getBoundingClientRect().bottom ?? innerHeight;
      return element.getBoundingClientRect().bottom > Math.min(place, innerHeight) + 0.5;
    };
    return [
      ...[...document.querySelectorAll(parts)].filter(isOut),
      ...[
        ...document.querySelectorAll('.detail, .detail > *, .notice, .notice > footer, .pane.saved'),
      ].filter(isTooTall),
    ].map((element) => `${element.className}: ${element.textContent?.slice(0, 40)}`);
  }, PARTS);
}

/** Where the work begins: it stays where it is while a drawer comes in. */
function leftOfWork() {
  return window.page.evaluate(
    () => document.querySelector('.work > [data-group]')?.getBoundingClientRect().left,
  );
}

/** What of ours could be scrolled sideways: nothing should. */
function scrollingSideways() {
  return window.page.evaluate(() =>
    [...document.querySelectorAll('.work, .rail, .rail *, .notice, .notice *')]
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        return (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth;
      })
      .map((element) => element.className),
  );
}
