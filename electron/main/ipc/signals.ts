/** Sends signals to the renderer. */

import type { BrowserWindow } from 'electron';
import type { SignalName, Signals } from '../../contract/bridge.ts';

export type Send = <Name extends SignalName>(name: Name, payload: Signals[Name]) => void;

export function createSend(window: BrowserWindow): Send {
  return (name, payload) => {
    // A session outlives its window by the moment that it takes to close it.
    if (!window.isDestroyed() && !window.webContents.isCrashed())
      window.webContents.send('signal', name, payload);
  };
}
