/** Goes in order: first the editor's draft is kept, then Python is ended. */

import { app, type BrowserWindow } from 'electron';
import type { Keeper } from './kept.ts';
import type { Repl } from './repl.ts';
import type { Send } from './signals.ts';

/** A renderer that does not answer is left; its draft is at most so old as its last change was long ago. */
const LEAVE_AFTER_MS = 1_000;

/** Python gets so long to end with us; its host ends by itself when we are gone. */
const CLOSE_AFTER_MS = 2_000;

export interface QuitParts {
  window: BrowserWindow;
  keeper: Keeper;
  repl: Repl;
  send: Send;
}

export function quitGently({ window, keeper, repl, send }: QuitParts): void {
  window.on('close', (event) => {
    event.preventDefault();
    send('leaving', null);
    setTimeout(() => !window.isDestroyed() && window.destroy(), LEAVE_AFTER_MS);
  });
  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    keepAtLast(keeper);
    const late = new Promise((resolve) => setTimeout(resolve, CLOSE_AFTER_MS));
    Promise.race([repl.close(), late]).finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function keepAtLast(keeper: Keeper): void {
  try {
    keeper.flush();
  } catch (error) {
    // A full disk is no reason to stay; the window is next time as it was before.
    console.error(error);
  }
}
