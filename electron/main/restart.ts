/** Starts Python anew, after a question where there is something to lose. */

import { type BrowserWindow, dialog } from 'electron';
import type { Repl } from './repl.ts';

export async function restartPython(window: BrowserWindow, repl: Repl): Promise<void> {
  const loss = repl.lossByRestart;
  if (loss === null || (await mayLose(window, 'Restart Python?', loss))) await repl.restart();
}

/** Ask before another Python takes the place of this one, of which nothing stays. */
export async function mayReplacePython(window: BrowserWindow, repl: Repl): Promise<boolean> {
  if (!repl.holdsNames) return true;
  return mayLose(window, 'Start with another Python?', 'The names and states of this one are lost.');
}

async function mayLose(window: BrowserWindow, message: string, loss: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message,
    detail: `${loss} The script, the console’s text and the transcript stay.`,
    buttons: ['Restart', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
