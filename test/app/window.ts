/** The real window, as a test sees and uses it. */

import type { Page } from 'playwright-core';
import { afterAll, beforeEach, expect, onTestFinished } from 'vitest';
import { type Application, type ApplicationOptions, openApplication } from '../support/application.ts';

/** A loaded machine takes its time. */
const PATIENCE_MS = 20_000;

export interface Window extends Application {
  /** Type into the console, Enter behind each line. */
  type(...lines: string[]): Promise<void>;
  /** All text of the console. */
  text(): Promise<string>;
  /** Wait until the console's text matches. */
  shows(pattern: RegExp): Promise<void>;
  /** Wait until the session is in this state. */
  becomes(state: string): Promise<void>;
  /** Type a line, and wait until the state that this run led to is the live one: the first of a test has the number 1. */
  run(line: string, number: number): Promise<void>;
  /** The session's own number of a test's run. */
  numberOf(run: number): number;
  /** Count the runs from here. */
  beginTest(): Promise<void>;
  /** Press a key as the window gets it from the system: the menu's keys work too. */
  press(keyCode: string, ...modifiers: ('control' | 'alt' | 'shift')[]): Promise<void>;
  /** The label of the pane that has the keyboard. */
  focusedPane(): Promise<string | null>;
  /** Choose a menu item by its label. */
  choose(label: string): Promise<void>;
}

export async function openWindow(options?: ApplicationOptions): Promise<Window> {
  const application = await openApplication(options);
  const { page, electron } = application;
  // Playwright would otherwise pretend that the system wants a light theme.
  await page.emulateMedia({ colorScheme: null });
  const text = () => readConsole(page);
  const type = async (...lines: string[]) => {
    await page.locator('.xterm-helper-textarea').focus();
    for (const line of lines) await page.keyboard.type(`${line}\n`);
  };
  let runsBefore = 0;
  const numberOf = (run: number) => runsBefore + run;
  return {
    ...application,
    text,
    type,
    numberOf,
    async beginTest() {
      runsBefore = await latestRun(page);
    },
    async run(line, number) {
      await type(line);
      const title = () => page.getByTestId('undo').getAttribute('title');
      await expect.poll(title, { timeout: PATIENCE_MS }).toContain(`Undo run ${numberOf(number)}:`);
    },
    press: (keyCode, ...modifiers) =>
      electron.evaluate(
        ({ BrowserWindow }, event) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.sendInputEvent({ type: 'keyDown', ...event });
          contents?.sendInputEvent({ type: 'keyUp', ...event });
        },
        { keyCode, modifiers },
      ),
    focusedPane: () =>
      page.evaluate(() => document.activeElement?.closest('section')?.getAttribute('aria-label') ?? null),
    shows: (pattern) => expect.poll(text, { timeout: PATIENCE_MS }).toMatch(pattern),
    becomes: (state) => expect.poll(() => stateOf(page), { timeout: PATIENCE_MS }).toBe(state),
    choose: (label) =>
      electron.evaluate(({ Menu }, wanted) => {
        const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
        const item = items.find((candidate) => candidate.label === wanted);
        if (!item) throw new Error(`There is no menu item ${wanted}`);
        item.click();
      }, label),
  };
}

/** Open a window and wait for its first prompt. */
export async function openReadyWindow(options?: ApplicationOptions): Promise<Window> {
  const window = await openWindow(options);
  await window.shows(/^>>> ?$/m);
  return window;
}

/** Open a window for one test alone, whose session nobody else has used. */
export async function openOwn(options?: ApplicationOptions): Promise<Window> {
  const window = await openReadyWindow(options);
  onTestFinished(window.close);
  return window;
}

/** Give each test of a file the same window; after one that failed, or has closed it, a new one. */
export function shareWindow(give: (window: Window) => void): void {
  let shared: Window | null = null;
  const close = async () => {
    const window = shared;
    shared = null;
    await window?.close();
  };
  beforeEach(async ({ onTestFailed }) => {
    if (shared?.page.isClosed()) await close();
    shared ??= await openReadyWindow();
    onTestFailed(close);
    await shared.beginTest();
    give(shared);
  });
  afterAll(close);
}

function readConsole(page: Page): Promise<string> {
  return page.evaluate(() => {
    const console = document.querySelector('[data-testid=console]') as { readText?: () => string } | null;
    return console?.readText?.() ?? '';
  });
}

/** The number of the last run that has a mark in the margin; 0 before the first. */
function latestRun(page: Page): Promise<number> {
  return page
    .locator('.run')
    .evaluateAll((marks) =>
      Math.max(
        0,
        ...marks.map((mark) => Number(/^Run (\d+)/.exec(mark.getAttribute('title') ?? '')?.[1] ?? 0)),
      ),
    );
}

function stateOf(page: Page): Promise<string | null> {
  return page.evaluate(
    () => document.querySelector('[data-testid=status]')?.getAttribute('data-state') ?? null,
  );
}
