/** Starts Python anew, after a question where there is something to lose. */

import { type BrowserWindow, dialog } from 'electron';
import type { Repl } from './repl.ts';

export async function restartPython(window: BrowserWindow, repl: Repl): Promise<void> {
  if (repl.holdsNames && !(await mayLoseNames(window))) return;
  await repl.restart();
}

/** Ask whether the live names may go. */
export async function mayLoseNames(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Restart Python?',
    detail: 'All names that live in it are lost. The script, the console’s text and the transcript stay.',
    buttons: ['Restart', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
