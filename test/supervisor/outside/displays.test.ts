/** A window on an X server, which never waits for a session that has gone back, been stopped or died. */

import { describe, expect, it } from 'vitest';
import { answers, HAS_DISPLAYS, hasTk, isGrabbed, startServer } from '../../support/displays.ts';
import { OLD_AND_NEW } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';

const SILENT_FOR_MS = 1000;
const WINDOW = 'import tkinter; window = tkinter.Tk(); window.update()';
/** By a connection of its own; nobody else is served until it ends. */
const HAVE_SERVER = `
import ctypes
x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XGrabServer.argtypes = [ctypes.c_void_p]
x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
display = x.XOpenDisplay(None)
x.XGrabServer(display), x.XSync(display, 0)
`;

const pythons = OLD_AND_NEW.filter(({ executable }) => hasTk(executable));

async function withWindow(executable: (typeof pythons)[number]): Promise<[Trial, string]> {
  const display = await startServer();
  const trial = openTrial(executable, { env: { DISPLAY: display } });
  await trial.says('before = [1]');
  await trial.says(WINDOW);
  await trial.session.keep();
  return [trial, display];
}

describe.runIf(HAS_DISPLAYS).each(pythons)('a window, Python $version', (python) => {
  it('is there before a run that then cannot be undone as a whole, and stays', async () => {
    const [trial, display] = await withWindow(python);
    const { copy, reason } = trial.session.state;
    expect([copy, reason]).toEqual(['noted', 'a connection to the X display is open']);
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

  it('gives the server back that it had to itself, by going back beyond it and by a death', async () => {
    const [trial, display] = await withWindow(python);
    await trial.says(HAVE_SERVER);
    expect(answers(display, SILENT_FOR_MS)).toBe(false);
    await trial.session.undo(2);
    expect([answers(display), isGrabbed(display, python.executable)]).toEqual([true, false]);
    await trial.says(HAVE_SERVER);
    expect(answers(display, SILENT_FOR_MS)).toBe(false);
    expect((await trial.run('import os; os.abort()')).outcome).toBe('died');
    expect([answers(display), isGrabbed(display, python.executable)]).toEqual([true, false]);
  });
});
