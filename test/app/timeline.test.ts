/** The timeline: what it shows, where it leads, and that it holds many. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { times } from '../support/pythons.ts';
import { openOwn, shareWindow, type Window } from './window.ts';

const MANY = times(200, 500);

let window: Window;

shareWindow((shared) => {
  window = shared;
});

/** The row of the state that a run of the test has left. */
const row = (run: number) => window.page.locator(`[data-state="${window.numberOf(run)}"]`);
const inState = (run: number) => new RegExp(`in state ${window.numberOf(run)}`);
const detail = () => window.page.getByTestId('state');

/** The rows in the document, as they read. */
const rows = () =>
  window.page
    .getByTestId('states')
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));

it('says what will be there before there is a state', async () => {
  const pane = window.page.getByTestId('timeline');
  await expect.poll(() => pane.innerText()).toContain('Each run leaves a state here');
  await window.run('x = 1', 1);
  await expect.poll(rows).toEqual(['The start, with no names · can be gone to', 'Run 1: x = 1 · +1 · live']);
});

it('shows what going there would change at the first click, and goes at the second', async () => {
  await window.run('x = 1', 1);
  await window.run('x = 2; y = 2', 2);
  await window.run('del y', 3);
  await row(1).click();
  await expect.poll(() => detail().innerText()).toMatch(/undoes 2 runs:\s+~ rebinds\s+x/);
  await row(1).click();
  await window.shows(inState(1));
  await expect.poll(() => row(1).getAttribute('aria-current')).toBe('true');
  await expect.poll(window.focusedPane).toBe('Console');
  await window.run('x = 10', 4);
  await row(3).click();
  await expect.poll(() => detail().innerText()).toMatch(/undoes 1 run and redoes 2 runs:\s+~ rebinds\s+x/);
  await detail().getByTestId('go').click();
  await window.type('print("x is", x)');
  await window.shows(/^x is 2$/m);
});

it('is used with the keyboard alone', async () => {
  await window.run('x = 1', 1);
  await window.run('x = 2', 2);
  await window.run('x = 3', 3);
  const { keyboard } = window.page;
  const active = () => window.page.locator('.row.active').getAttribute('data-state');
  await goToTimeline();
  const state = (run: number) => String(window.numberOf(run));
  expect(await active()).toBe(state(3));
  for (const [key, expected] of [
    ['ArrowUp', state(2)],
    ['Home', '0'],
    ['ArrowUp', '0'],
    ['End', state(3)],
    ['ArrowUp', state(2)],
    ['ArrowUp', state(1)],
  ] as const) {
    await keyboard.press(key);
    await expect.poll(active).toBe(expected);
  }
  await keyboard.press('Enter');
  await expect.poll(() => detail().count()).toBe(1);
  await keyboard.press('Escape');
  await expect.poll(() => detail().count()).toBe(0);
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await window.shows(inState(1));
  await expect.poll(window.focusedPane).toBe('Console');
  await goToTimeline();
  await keyboard.press('Escape');
  await expect.poll(window.focusedPane).toBe('Console');
});

it('names a state, and says why a name cannot be', async () => {
  await window.run('x = 1', 1);
  await window.run('x = 2', 2);
  const { keyboard } = window.page;
  await goToTimeline();
  await keyboard.press('F2');
  await keyboard.type('clean data');
  await keyboard.press('Enter');
  await expect.poll(async () => (await rows()).at(-1)).toContain(`clean data · Run ${window.numberOf(2)}`);
  await keyboard.press('ArrowUp');
  await keyboard.press('F2');
  await keyboard.type('clean data');
  await keyboard.press('Enter');
  await expect
    .poll(() => detail().getByRole('alert').innerText())
    .toContain(`State ${window.numberOf(2)} is named clean data`);
  await keyboard.press('Escape');
  await expect.poll(() => detail().getByRole('textbox').count()).toBe(0);
  expect(await window.focusedPane()).toBe('Timeline');
});

it('holds many states, and has only those in view in the document', async () => {
  window = await openOwn();
  await window.page.evaluate(async (count) => {
    const { bridge } = globalThis as unknown as { bridge: { call(...args: unknown[]): Promise<void> } };
    for (let index = 1; index <= count; index += 1) {
      await bridge.call('run', { code: `n = ${index}`, path: null, line: 1, whole: false });
    }
  }, MANY);
  const title = () => window.page.getByTestId('undo').getAttribute('title');
  await expect.poll(title, { timeout: 60_000 }).toContain(`Undo run ${MANY}:`);
  const options = window.page.getByTestId('states').getByRole('option');
  expect(await options.count()).toBeLessThan(60);
  await expect.poll(async () => (await rows()).at(-1)).toContain(`Run ${MANY}: n = ${MANY}`);
  expect(await options.last().getAttribute('aria-setsize')).toBe(String(MANY + 1));
  // Where it was scrolled to, it stays, until it is at its end again.
  const list = window.page.getByTestId('states');
  await list.evaluate((element) => {
    element.scrollTop = 2_400;
  });
  await expect.poll(() => row(100).count()).toBe(1);
  await window.run('n = 0', MANY + 1);
  expect(await list.evaluate((element) => element.scrollTop)).toBe(2_400);
  await goToTimeline();
  await window.page.keyboard.press('End');
  await expect.poll(() => row(MANY + 1).count()).toBe(1);
});

it('is put away and comes back, beside the work or over it, as it was', async () => {
  const rail = window.page.getByTestId('rail');
  const width = async () => Math.round((await rail.boundingBox())?.width ?? 0);
  expect(await width()).toBe(320);
  await window.press('T', 'control', 'shift');
  await expect.poll(() => rail.count()).toBe(0);
  await window.press('T', 'control', 'shift');
  await expect.poll(width).toBe(320);
  await resize(800, 700);
  await expect.poll(() => rail.count()).toBe(0);
  await goToTimeline();
  await expect.poll(() => rail.count()).toBe(1);
  await window.page.mouse.click(100, 400);
  await expect.poll(() => rail.count()).toBe(0);
  await resize(1200, 700);
  await expect.poll(width).toBe(320);
});

it('is as wide as it is dragged, also after a restart, and as usual after a double click', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pyrepl3-timeline-'));
  const width = async () => Math.round((await window.page.getByTestId('rail').boundingBox())?.width ?? 0);
  const line = async () => (await window.page.locator('.separator.upright').boundingBox())?.x ?? 0;
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  window = await openOwn({ home });
  const { mouse } = window.page;
  const from = await line();
  await mouse.move(from, 300);
  await mouse.down();
  await mouse.move(from - 100, 300, { steps: 5 });
  await mouse.up();
  await expect.poll(width).toBe(420);
  await window.electron.close();
  window = await openOwn({ home });
  expect(await width()).toBe(420);
  await window.page.mouse.dblclick(await line(), 300);
  await expect.poll(width).toBe(320);
});

async function goToTimeline() {
  await window.press('3', 'control');
  await expect.poll(window.focusedPane).toBe('Timeline');
}

async function resize(width: number, height: number) {
  await window.electron.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
    [width, height] as [number, number],
  );
}
