/** Sees to it that one home folder has one window. */

import path from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { homeFolder } from '../supervisor/home.ts';
import type { Asked } from './arguments.ts';
import type { Scripts } from './scripts.ts';

/** Take the home folder for this process; false where another has it, which is then told what was asked of us. */
export function claimHome({ file }: Asked): boolean {
  // The lock is a file in there, so this comes first; two homes are two applications.
  app.setPath('userData', path.join(homeFolder(), 'window'));
  return app.requestSingleInstanceLock({ file });
}

/** Answer a second start: show the window, and the file that was named. */
export function comeForward(window: BrowserWindow, scripts: Scripts): void {
  app.on('second-instance', (_event, _line, _folder, data) => {
    if (window.isMinimized()) window.restore();
    window.focus();
    const file = (data as { file?: unknown } | null)?.file;
    if (typeof file === 'string') scripts.show(file);
  });
}
