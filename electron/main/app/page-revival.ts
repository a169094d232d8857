/** Brings the page back when its process has died; the session does not notice. */

import type { BrowserWindow } from 'electron';

/** A page that dies again so soon would only die again. */
const AGAIN_AFTER_MS = 5_000;

export function reviveRenderer(window: BrowserWindow): void {
  let last = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || Date.now() - last < AGAIN_AFTER_MS) return;
    last = Date.now();
    window.webContents.reload();
  });
}
