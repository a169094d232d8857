/** Sees to it that one home folder has one window. */

import path from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { homeFolder } from '../../supervisor/platform/home.ts';
import type { Asked } from './window-arguments.ts';

/** Take the home folder for this process; false where another has it, which is then told what was asked of us. */
export function claimHome({ file }: Asked): boolean {
  // The lock is a file in there, so this comes first; two homes are two applications.
  app.setPath('userData', path.join(homeFolder(), 'window'));
  return app.requestSingleInstanceLock({ file });
}

/** Answer a second start, and a file that is opened from outside: show the window, and what was named. */
export function comeForward(window: BrowserWindow, show: (file: string) => unknown): void {
  const raise = () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  };
  app.on('second-instance', (_event, _line, _folder, data) => {
    raise();
    const file = (data as { file?: unknown } | null)?.file;
    if (typeof file === 'string') show(file);
  });
  hearFiles((file) => {
    raise();
    show(file);
  });
}

/** Files that macOS wants opened; they can come before there is a window. */
const files: string[] = [];
let hear: ((file: string) => void) | null = null;

/** Take what comes from the start on. */
export function takeFiles(): void {
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (hear) hear(file);
    else files.push(file);
  });
}

function hearFiles(listener: (file: string) => void): void {
  hear = listener;
  for (const file of files.splice(0)) listener(file);
}
