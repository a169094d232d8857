/** `npm start`: a batch session for piped input, the window where there is a display, else the console. */

import { fstatSync } from 'node:fs';
import { freshProgram } from './bundle.mjs';
import { enterUsersFolder } from './folder.mjs';
import { note } from './setup/notes.mjs';
import { setUpSessions } from './setup/sessions.mjs';
import { hasDisplay, openWindow } from './window.mjs';

const STDIN_FD = 0;

enterUsersFolder();
if (!isPiped()) await tryWindow();
await setUpSessions();
await import(await freshProgram());

/** Whether a program or a file is our input; the null device is neither. */
function isPiped() {
  try {
    const status = fstatSync(STDIN_FD);
    return status.isFIFO() || status.isFile() || status.isSocket();
  } catch {
    return false; // Closed: nobody will write to it.
  }
}

/** Come back only where there is no window. */
async function tryWindow() {
  if (!hasDisplay()) {
    note('There is no display (DISPLAY and WAYLAND_DISPLAY are empty), so this is the console.');
    return;
  }
  const status = await openWindow(process.argv.slice(2));
  if (status !== null) process.exit(status);
}
