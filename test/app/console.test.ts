/** The console in the window: a real Python behind a real terminal. */

import { expect, it } from 'vitest';
import { isAlive } from '../support/processes.ts';
import { shareWindow, type Window } from './window.ts';

let window: Window;

shareWindow((shared) => {
  window = shared;
});

it('has the keyboard in the console from the start', async () => {
  await window.page.keyboard.type('1 + 1\n');
  await window.shows(/^2$/m);
});

it('runs what is typed, keeps its names and shows its output', async () => {
  await window.type('x = 6 * 7', 'print("the answer is", x)');
  await window.shows(/^the answer is 42$/m);
});

it('shows a character whose bytes come apart', async () => {
  const halves = String.raw`os.write(1, b"[\xe3\x80"); time.sleep(0.3); os.write(1, b"\x80]\n")`;
  await window.type(`import os, time; _ = ${halves.replaceAll('; ', ', ')}`);
  await window.shows(/^\[\u3000\]$/m);
});

it('marks a run in the margin while it goes on, and when it raised; the others say what they did', async () => {
  const marks = () =>
    window.page
      .locator('.run')
      .evaluateAll((all) => all.map((mark) => [mark.className, mark.getAttribute('title')]));
  const before = (await marks()).length;
  const latest = async () => (await marks()).slice(before);
  await window.type('1 / 0');
  const raised = ['run failed', expect.stringMatching(/^Run \d+ raised ZeroDivisionError after 0\.0\d s$/)];
  await expect.poll(latest).toEqual([raised]);
  await window.type('name = input()');
  await window.becomes('asking');
  await expect.poll(latest).toEqual([raised, ['run', expect.stringMatching(/^Run \d+ goes on$/)]]);
  await window.type('Ada');
  await window.becomes('idle');
  const took = expect.stringMatching(/^Run \d+ took \d+\.\d s\n\+ name$/);
  await expect.poll(latest).toEqual([raised, ['run fine', took]]);
});

it('answers input() and getpass, and hides what is secret', async () => {
  await window.type('name = input("Name? ")');
  await window.becomes('asking');
  await window.type('Ada');
  await window.becomes('idle');
  await window.type('import getpass; secret = getpass.getpass("Secret? ")');
  await window.shows(/^Secret\? ?$/m);
  await window.type('swordfish');
  await window.becomes('idle');
  await window.type('print(name.upper(), len(secret))');
  await window.shows(/^ADA 9$/m);
  expect(await window.text()).not.toContain('swordfish');
});

it('interrupts a loop by the button, and keeps its names', async () => {
  await window.type('n = 0', 'while True: n += 1', '');
  await window.becomes('running');
  await window.page.getByTestId('stop').click();
  await window.becomes('idle');
  await window.shows(/^KeyboardInterrupt$/m);
  await window.type('print(n > 0)');
  await window.shows(/^True$/m);
});

it('offers another Python after exit()', async () => {
  await window.type('exit(3)');
  await window.becomes('ended');
  await window.shows(/Enter starts it again/);
  await window.type('');
  await window.becomes('idle');
  await window.type('print("anew")');
  await window.shows(/^anew$/m);
});

it('tells the program the size that the console has', async () => {
  await window.type('import os; print("wide:", os.get_terminal_size().columns > 80)');
  await window.shows(/^wide: True$/m);
});

it('comes back with its text when its page is loaded anew, and the session does not notice', async () => {
  await window.type('kept = "still here"', 'print("shown before")');
  await window.shows(/^shown before$/m);
  const loaded = window.page.waitForEvent('load');
  await window.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.reload(),
  );
  await loaded;
  await window.shows(/^shown before$/m);
  await window.type('print(kept)');
  await window.shows(/^still here$/m);
});

it('leaves no process behind', async () => {
  await window.type('import os; print("pids", os.getpid(), os.getppid())');
  await window.shows(/^pids \d+ \d+$/m);
  const pids =
    /^pids (\d+) (\d+)$/m
      .exec(await window.text())
      ?.slice(1)
      .map(Number) ?? [];
  await window.electron.close();
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});
