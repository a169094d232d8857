/** The one gate through which the renderer's calls come in. */

import { type BrowserWindow, ipcMain, type WebFrameMain } from 'electron';
import type { CallName, Calls } from '../../contract/bridge.ts';
import { ORIGIN } from './app-scheme.ts';
import { isCall } from './call-shapes.ts';

/** One handler a call; a missing one does not compile. */
export type Handlers = {
  [Name in CallName]: (
    ...args: Parameters<Calls[Name]>
  ) => ReturnType<Calls[Name]> | Promise<ReturnType<Calls[Name]>>;
};

/** Let in the calls of the window's own page, if we know them and their arguments have the right shape. */
export function openRouter(window: BrowserWindow, handlers: Handlers): void {
  ipcMain.handle('call', (event, name: unknown, args: unknown) => {
    // The page's last calls can come when its window is gone already.
    if (window.isDestroyed()) return undefined;
    if (!isOurPage(window, event.senderFrame)) throw new Error('This page may not call the application.');
    if (!isCall(name, args))
      throw new Error(`There is no call ${JSON.stringify(name)} with these arguments.`);
    // The gate has checked name and arguments against each other, which the type cannot say.
    const handler = handlers[name] as (...args: unknown[]) => unknown;
    return handler(...(args as unknown[]));
  });
}

function isOurPage(window: BrowserWindow, frame: WebFrameMain | null): boolean {
  return frame !== null && frame === window.webContents.mainFrame && frame.origin === ORIGIN;
}
