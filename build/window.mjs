/** Open the application's window, and end as it ends. */

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { freshWindow } from './bundle.mjs';
import { ROOT } from './places.mjs';
import { note } from './setup/notes.mjs';
import { setUpSessions } from './setup/sessions.mjs';
import { setUpWindow } from './setup.mjs';

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Open the window and resolve with its exit status, or say why it cannot be opened and resolve with `null`.
 *
 * @param {string[]} args
 */
export async function openWindow(args) {
  try {
    await setUpSessions();
    const { executable } = await setUpWindow();
    await freshWindow();
    return await run(executable, args);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    note('The window cannot be opened, so this is the console.');
    return null;
  }
}

/** @param {string} executable @param {string[]} args @returns {Promise<number>} */
function run(executable, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, [...chromiumFlags(), ROOT, ...args], { stdio: 'inherit' });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', (error) => reject(new Error('Electron could not be started.', { cause: error })));
    child.on('exit', (status, signal) => resolve(status ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}

/** What Chromium is told. */
export function chromiumFlags() {
  // Without a desktop around it, it complains about the buses that it misses; only what ends it is of interest.
  const flags = ['--log-level=3'];
  // Its sandbox refuses to work for root, and there alone it is left out.
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  return flags;
}
