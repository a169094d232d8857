/** Saved sessions in the window, as a test sees and uses them. */

import { once } from 'node:events';
import { expect } from 'vitest';
import type { Window } from './window.ts';

/** Writing and reading a checkpoint starts processes, on a machine that may be loaded. */
export const PATIENCE = { timeout: 30_000 };

/** The cards of the list, as they read. */
export function cards({ page }: Window): Promise<string[]> {
  return page
    .getByTestId('cards')
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
}

export async function goToSaved(window: Window): Promise<void> {
  await window.choose('Go to saved sessions');
  await expect.poll(window.focusedPane).toBe('Saved');
}

/** Save by the menu's key. */
export async function beginSave(window: Window, name: string): Promise<void> {
  await window.press('S', 'control', 'alt');
  const field = window.page.getByRole('textbox', { name: 'Name of the session' });
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  await window.page.keyboard.type(name);
  await window.page.keyboard.press('Enter');
}

/** Save, and wait until it is on the disk. */
export async function save(window: Window, name: string): Promise<void> {
  await beginSave(window, name);
  await expect
    .poll(async () => (await cards(window)).some((card) => card.startsWith(name)), PATIENCE)
    .toBe(true);
}

/** End the application as a crash of the machine would. */
export async function kill({ electron }: Window): Promise<void> {
  const child = electron.process();
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Answer the questions of native dialogs by a button's index from now on; they cannot be pressed from here. */
export async function answer({ electron }: Window, response: number): Promise<void> {
  await electron.evaluate(({ dialog }, given) => {
    dialog.showMessageBox = (async (_window: unknown, { message, detail }: Electron.MessageBoxOptions) => {
      Object.assign(dialog, { asked: `${message} ${detail}` });
      return { response: given, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, response);
}

/** What was asked last. */
export function question({ electron }: Window): Promise<string> {
  return electron.evaluate(({ dialog }) => (dialog as unknown as { asked?: string }).asked ?? '');
}

/** The text in the editor. */
export async function script({ page }: Window): Promise<string> {
  const lines = await page.locator('.view-line').allInnerTexts();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}
