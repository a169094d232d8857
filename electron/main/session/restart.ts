/** Restarts Python, or restores a checkpoint, after a question where there is something to lose. */

import { type BrowserWindow, dialog } from 'electron';
import type { Repl } from './repl.ts';

export async function restartPython(window: BrowserWindow, repl: Repl): Promise<void> {
  const loss = repl.lossByRestart;
  if (loss === null || (await mayLose(window, { message: 'Restart Python?', loss }))) await repl.restart();
}

/** Restore a checkpoint in the place of the session; what becomes of it is told in the console. */
export async function restoreSession(window: BrowserWindow, repl: Repl, checkpoint: string): Promise<void> {
  const loss = repl.lossByRestart;
  const message = 'Restore in the place of this session?';
  if (loss === null || (await mayLose(window, { message, loss, stays: UNSAVED_STAYS, verb: 'Restore' })))
    repl.restore(checkpoint);
}

/** Ask before another Python takes the place of this one, of which nothing stays. */
export async function mayReplacePython(window: BrowserWindow, repl: Repl): Promise<boolean> {
  if (!repl.holdsNames) return true;
  const loss = repl.isSavedAtLast
    ? 'The states of this one are lost. Its names are saved first, and can be restored.'
    : 'The names and states of this one are lost.';
  return mayLose(window, { message: 'Start with another Python?', loss });
}

const ALL_STAYS = 'The script, the console’s text and the transcript stay.';
const UNSAVED_STAYS = 'What is unsaved of the script stays, and so do the console’s text and the transcript.';

interface Question {
  message: string;
  /** Sentences. */
  loss: string;
  /** A sentence. */
  stays?: string;
  verb?: string;
}

async function mayLose(
  window: BrowserWindow,
  { message, loss, stays = ALL_STAYS, verb = 'Restart' }: Question,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message,
    detail: `${loss} ${stays}`,
    buttons: [verb, 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
