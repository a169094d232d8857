/** Windows of matplotlib and Qt, on an X server that answers others at every step: drawn in, undone, drawn in again, closed. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXTENDED_PACKAGES, LIBRARY_PACKAGES } from '../../build/setup/python-packages.mjs';
import { answers, HAS_DISPLAYS, hasTk, isGrabbed, startServer } from '../support/displays.ts';
import type { Interpreter } from '../support/interpreters.ts';
import { pythonOfLibraries } from '../support/pythons.ts';
import { openTrial, type Trial } from '../support/session.ts';
import { EXTENDED_TOOLKITS, TOOLKITS, type Toolkit } from './toolkits.ts';

/** Whatever hangs is found by this. */
const WATCHDOG_MS = 90_000;

const python = pythonOfLibraries(({ executable }) => hasTk(executable));
const toolkits = process.env.PYREPL3_EXTENDED ? [...TOOLKITS, ...EXTENDED_TOOLKITS] : TOOLKITS;
const canTry = HAS_DISPLAYS && python && existsSync(join(LIBRARY_PACKAGES, 'matplotlib'));

class Desktop {
  readonly display: string;
  readonly trial: Trial;
  readonly #python: Interpreter;

  constructor(display: string, interpreter: Interpreter) {
    const PYTHONPATH = [LIBRARY_PACKAGES, EXTENDED_PACKAGES].join(delimiter);
    // Where a developer has a desktop, the windows have nothing to do with it.
    const elsewhere = { WAYLAND_DISPLAY: '', QT_QPA_PLATFORM: 'xcb', DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
    const env = { ...process.env, ...elsewhere, PYTHONPATH, DISPLAY: display };
    this.display = display;
    this.trial = openTrial(interpreter, { env });
    this.#python = interpreter;
  }

  get isGrabbed(): boolean {
    return isGrabbed(this.display, this.#python.executable);
  }

  /** Run code that must succeed, and ask the server as another client. */
  async says(code: string): Promise<string> {
    const said = await this.trial.says(code);
    this.mustAnswer();
    return said;
  }

  async undo(runs = 1): Promise<readonly string[]> {
    const { notes } = await this.trial.session.undo(runs);
    this.mustAnswer();
    return notes;
  }

  mustAnswer(): void {
    expect(answers(this.display)).toBe(true);
  }
}

async function openDesktop(): Promise<Desktop> {
  if (!python) throw new Error('There is no Python');
  const desktop = new Desktop(await startServer(), python);
  await desktop.says('before = [1]; import os');
  return desktop;
}

/** The pointer and the keyboard are the window's, or what follows proves nothing. */
async function openWithGrab(desktop: Desktop, { open, grab }: Toolkit): Promise<void> {
  await desktop.says(open);
  await desktop.says(grab);
  expect(desktop.isGrabbed).toBe(true);
}

async function expectGone(desktop: Desktop): Promise<void> {
  desktop.mustAnswer();
  expect(desktop.isGrabbed).toBe(false);
  expect(await desktop.says('before, "window" in globals()')).toBe('([1], False)\n');
}

describe.runIf(canTry).each(toolkits)('a window of $name', { timeout: WATCHDOG_MS }, (toolkit) => {
  it('is drawn in after the undo of a run that drew, closed, and opened anew', async () => {
    const desktop = await openDesktop();
    // Also: without a warning.
    expect(await desktop.says(toolkit.open)).toBe('');
    const { copy, reason } = await desktop.trial.session.keep();
    expect([copy, reason]).toEqual(['noted', 'a connection to the X display is open']);
    const pid = await desktop.says('os.getpid()');

    await desktop.says(`n = 1; ${toolkit.draw}`);
    const notes = ['only names and plain values came back, as the process could not be copied'];
    expect(await desktop.undo()).toEqual(notes);
    expect(await desktop.says('"n" in globals()')).toBe('False\n');
    for (let time = 0; time < 3; time += 1) await desktop.says(toolkit.draw);
    expect(await desktop.says(toolkit.isOpen)).toBe('True\n');

    await desktop.says(toolkit.grab);
    expect(desktop.isGrabbed).toBe(true);
    expect(await desktop.undo()).toEqual(notes);
    await desktop.says(toolkit.draw);
    await desktop.says(toolkit.close);
    expect(desktop.isGrabbed).toBe(false);
    expect(await desktop.undo()).toEqual(notes);
    expect(await desktop.says(toolkit.isOpen)).toBe('False\n');

    await desktop.says(toolkit.again);
    await desktop.says(toolkit.draw);
    expect(await desktop.says(toolkit.isOpen)).toBe('True\n');
    expect(await desktop.says('os.getpid()')).toBe(pid);
  });

  it('leaves nothing grabbed where the session goes back beyond it, dies or is stopped', async () => {
    const desktop = await openDesktop();
    const { trial } = desktop;
    await openWithGrab(desktop, toolkit);
    await desktop.undo(2);
    await expectGone(desktop);

    await openWithGrab(desktop, toolkit);
    expect((await trial.run('os.abort()')).outcome).toBe('died');
    await expectGone(desktop);

    await openWithGrab(desktop, toolkit);
    const running = trial.run(`print("on")\nwhile True: ${toolkit.draw}`);
    await trial.shows('on\n');
    desktop.mustAnswer();
    trial.session.kill();
    await running;
    await expectGone(desktop);
  });
});
