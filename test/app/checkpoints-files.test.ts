/** A file with a saved session: what is in it is shown, and nothing of it is loaded before a yes. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import { findElectron } from '../../build/setup/electron.mjs';
import { chromiumFlags } from '../../build/window.mjs';
import { answer, cards, goToSaved, PATIENCE, save } from './saved.ts';
import { openReadyWindow, type Window } from './window.ts';

/** A class whose objects make a file when they are loaded. */
const TRAP = (path: string) =>
  `class Trap:\n    def __setstate__(self, state):\n        open(${JSON.stringify(path)}, "w").close()\n`;

let folder: string;
let file: string;
/** Made when the file is loaded. */
let trace: string;
let window: Window;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyrepl3-files-'));
  file = join(folder, 'theirs.pyrepl3');
  trace = join(folder, 'was-loaded');
});

afterEach(() => window.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is written by one installation, for the others', async () => {
  window = await openReadyWindow({ home: join(folder, 'theirs'), cwd: folder });
  await window.run(TRAP(trace), 1);
  await window.run('trap = Trap(); trap.set = True; answer = 42', 2);
  await save(window, 'theirs');
  await window.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await window.page.locator('.card').first().click();
  // Names and code alone.
  await answer(window, 0);
  await window.page.getByTestId('checkpoint').getByRole('button', { name: 'Export…' }).click();
  await expect.poll(() => existsSync(file), PATIENCE).toBe(true);
  // Whoever saves may look whether it comes back.
  rmSync(trace, { force: true });
});

const foreignFile = () => window.page.getByTestId('foreign');
const choose = (name: string) => foreignFile().getByRole('button', { name, exact: true }).click();

function openHome(name: string, ...args: string[]) {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  return openReadyWindow({ home, cwd: folder, args });
}

it('shows what is inside one that was not made here, and what opening it means', async () => {
  window = await openHome('ours', file);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toContain('This checkpoint was not made here');
  const words = await foreignFile().innerText();
  expect(words).toContain('theirs.pyrepl3');
  expect(words).toMatch(/answer\s+int/);
  expect(words).toContain('Opening it runs code that it contains, with all your rights');
  const focused = () => window.page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('Do not open');
  await window.page.keyboard.press('Enter');
  await expect.poll(() => foreignFile().count()).toBe(0);
  await expect.poll(window.focusedPane).toBe('Console');
  expect(existsSync(trace)).toBe(false);
});

it('opens it after a yes', async () => {
  window = await openHome('ours', file);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toContain('not made here');
  await choose('I trust it: open');
  await window.shows(/restored theirs/);
  await window.type('print("the answer is", answer)');
  await window.shows(/^the answer is 42$/m);
  expect(existsSync(trace)).toBe(true);
});

it('only takes it in where that is what is wanted', async () => {
  window = await openHome('others', file);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toContain('not made here');
  await choose('I trust it: only import');
  await goToSaved(window);
  await expect.poll(() => cards(window), PATIENCE).toEqual([expect.stringMatching(/^theirs /)]);
  expect(await window.text()).not.toContain('restored');
});

it('refuses it where the settings say so', async () => {
  mkdirSync(join(folder, 'strict'));
  writeFileSync(join(folder, 'strict/settings.json'), '{"checkpoints": {"foreign": "never"}}');
  window = await openHome('strict', file);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toContain('such are never opened');
  expect(await foreignFile().getByRole('button').allInnerTexts()).toEqual(['Close']);
});

it('says so when a file is damaged, or none', async () => {
  const damaged = join(folder, 'damaged.pyrepl3');
  writeFileSync(damaged, withDamage(readFileSync(file)));
  window = await openHome('ours', damaged);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toMatch(/damaged or missing/);
  await choose('Do not open');
  const junk = join(folder, 'junk.pyrepl3');
  writeFileSync(junk, 'nothing');
  await start('ours', junk);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toContain('cannot be opened as a checkpoint');
});

it('is shown in the window that is there, when it is opened a second time', async () => {
  window = await openHome('ours');
  await start('ours', file);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toContain('theirs.pyrepl3');
  expect(window.electron.windows()).toHaveLength(1);
});

it('asks nothing about one that was made here', async () => {
  window = await openHome('theirs', file);
  await expect.poll(() => foreignFile().innerText(), PATIENCE).toMatch(/answer\s+int/);
  expect(await foreignFile().innerText()).not.toContain('not made here');
  await choose('Open');
  await window.shows(/restored theirs/);
});

/** The same with a bit turned in the last piece, before the index: docs/checkpoint-format.md tells where that is. */
function withDamage(bytes: Buffer): Buffer {
  const index = Number(bytes.readBigUInt64LE(bytes.length - 48));
  const at = bytes.length - 48 - index - 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

/** Start the application a second time with a file. */
async function start(home: string, named: string) {
  const second = spawn(findElectron()?.executable ?? '', [...chromiumFlags(), ROOT, named], {
    env: { ...process.env, PYREPL3_HOME: join(folder, home) },
    stdio: 'ignore',
  });
  await once(second, 'exit');
}
