/** Lets the user choose another Python. */

import { type BrowserWindow, dialog } from 'electron';
import type { WindowSettings } from '../documents/window-settings.ts';
import type { Repl } from '../session/repl.ts';
import { mayReplacePython } from '../session/restart.ts';

export interface ChoiceParts {
  window: BrowserWindow;
  windowSettings: WindowSettings;
  repl: Repl;
}

/** Ask for an executable and start with it; a Python that does not start is told as at the first start. */
export async function chooseInterpreter({ window, windowSettings, repl }: ChoiceParts): Promise<void> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose a Python interpreter',
    buttonLabel: 'Start with this Python',
    properties: ['openFile', 'showHiddenFiles', 'noResolveAliases'],
  });
  const python = filePaths[0];
  if (python === undefined || !(await mayReplacePython(window, repl))) return;
  windowSettings.change({ python });
  await repl.begin(python);
}
