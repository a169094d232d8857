/** A window on an X server, which never waits for a session that has gone back, been stopped or died. */

import { spawn, spawnSync } from 'node:child_process';
import type { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXTREMES } from '../support/pythons.ts';
import { openTrial, type Trial } from '../support/session.ts';

const ANSWERS_WITHIN_MS = 10_000;
const WINDOW = 'import tkinter; window = tkinter.Tk(); window.update()';

const hasPrograms = ['Xvfb', 'xdpyinfo'].every((name) => spawnSync('which', [name]).status === 0);
const pythons = EXTREMES.filter(
  ({ executable }) => spawnSync(executable, ['-c', 'import tkinter']).status === 0,
);

/** Start a server; return the name of its display. */
async function startServer(): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '640x480x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => {
    server.kill();
  });
  const number = await new Promise<string>((resolve) => {
    (server.stdio[3] as Readable).once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return `:${number}`;
}

/** Whether the server answers another client. */
function answers(display: string): boolean {
  return spawnSync('xdpyinfo', ['-display', display], { timeout: ANSWERS_WITHIN_MS }).status === 0;
}

async function withWindow(executable: (typeof pythons)[number]): Promise<[Trial, string]> {
  const display = await startServer();
  const trial = openTrial(executable, { env: { DISPLAY: display } });
  await trial.says('before = [1]');
  await trial.says(WINDOW);
  await trial.session.keep();
  return [trial, display];
}

describe.runIf(hasPrograms).each(pythons)('a window, Python $version', (python) => {
  it('is there before a run that then cannot be undone as a whole, and stays', async () => {
    const [trial, display] = await withWindow(python);
    const { copy, reason } = trial.session.state;
    expect([copy, reason]).toEqual(['noted', 'a window is open on the X display']);
    await trial.says('n = 1; window.grab_set_global(); window.update()');
    const { notes } = await trial.session.undo();
    expect(notes).toEqual(['only names and plain values came back, as the process could not be copied']);
    expect(answers(display)).toBe(true);
    expect(await trial.says('window.update(); "n" in globals()')).toBe('False\n');
  });

  it('is closed by going back beyond it, and opened anew', async () => {
    const [trial, display] = await withWindow(python);
    await trial.says('window.grab_set_global(); window.update()');
    await trial.session.undo(2);
    expect(answers(display)).toBe(true);
    expect(await trial.says('"window" in globals()')).toBe('False\n');
    await trial.says(WINDOW);
    expect(answers(display)).toBe(true);
  });

  it('is closed by a stop and by a death', async () => {
    const [trial, display] = await withWindow(python);
    await trial.says('window.grab_set_global(); window.update()');
    expect((await trial.run('import os; os.abort()')).outcome).toBe('died');
    expect(answers(display)).toBe(true);
    expect(await trial.says('before, "window" in globals()')).toBe('([1], False)\n');
    await trial.says(WINDOW);
    const running = trial.run('print("on")\nwhile True: window.update()');
    await trial.shows('on\n');
    trial.session.kill();
    await running;
    expect(answers(display)).toBe(true);
    expect(await trial.says('before')).toBe('[1]\n');
  });
});
