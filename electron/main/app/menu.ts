/** The application's menu: every command, and the key that does it. */

import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions, nativeTheme } from 'electron';
import type { Command } from '../../contract/bridge.ts';
import { background } from '../../supervisor/platform/background.ts';
import { acceleratorOf, type BoundCommand } from '../../wording/keys.ts';
import type { WindowSettings } from '../documents/window-settings.ts';
import type { WindowValues } from '../documents/window-values.ts';
import type { Send } from '../ipc/signals.ts';
import type { Repl } from '../session/repl.ts';
import { restartPython } from '../session/restart.ts';
import { chooseInterpreter } from './interpreter-choice.ts';
import { stateItems } from './state-menu-items.ts';

export interface MenuParts {
  window: BrowserWindow;
  windowSettings: WindowSettings;
  repl: Repl;
  send: Send;
}

type Item = MenuItemConstructorOptions;

const LINE: Item = { type: 'separator' };

export function setMenu(parts: MenuParts): void {
  const menus = [fileMenu(parts), editMenu(parts), pythonMenu(parts), viewMenu(parts)];
  if (process.platform === 'darwin') menus.unshift({ role: 'appMenu' });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
  offerEditing(parts);
}

function fileMenu({ send }: MenuParts): Item {
  return {
    label: 'File',
    submenu: [
      bound(send, 'New script', 'new script'),
      bound(send, 'Open…', 'open script'),
      LINE,
      bound(send, 'Save', 'save script'),
      bound(send, 'Save as…', 'save script as'),
      LINE,
      bound(send, 'Save session…', 'save session'),
      ask(send, 'Import session…', 'import session'),
      LINE,
      { label: 'Quit', accelerator: acceleratorOf('quit'), click: () => app.quit() },
    ],
  };
}

function editMenu({ send }: MenuParts): Item {
  return {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      LINE,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll', label: 'Select all' },
      LINE,
      bound(send, 'Find in script', 'find in script'),
      ask(send, 'Clear console', 'clear console'),
    ],
  };
}

function pythonMenu({ window, windowSettings, repl, send }: MenuParts): Item {
  return {
    label: 'Python',
    submenu: [
      bound(send, 'Run file', 'run file'),
      // The editor has this key itself; in the console it is a new line.
      { ...bound(send, 'Run selection or statement', 'run piece'), registerAccelerator: false },
      LINE,
      { label: 'Interrupt', accelerator: acceleratorOf('interrupt'), click: () => repl.stop() },
      {
        label: 'Restart Python',
        accelerator: acceleratorOf('restart'),
        click: () => background(restartPython(window, repl), 'restarting Python'),
      },
      LINE,
      ...stateItems(repl),
      LINE,
      {
        label: 'Choose interpreter…',
        click: () =>
          background(chooseInterpreter({ window, windowSettings, repl }), 'choosing an interpreter'),
      },
    ],
  };
}

function viewMenu({ windowSettings, send }: MenuParts): Item {
  return {
    label: 'View',
    submenu: [
      bound(send, 'Show or hide editor', 'toggle editor'),
      bound(send, 'Go to editor', 'go to editor'),
      bound(send, 'Go to console', 'go to console'),
      LINE,
      ask(send, 'Show or hide variables', 'toggle variables'),
      bound(send, 'Go to variables', 'go to variables'),
      bound(send, 'Show or hide timeline', 'toggle timeline'),
      bound(send, 'Go to timeline', 'go to timeline'),
      ask(send, 'Show or hide saved sessions', 'toggle saved'),
      bound(send, 'Go to saved sessions', 'go to saved'),
      LINE,
      themeItem(windowSettings, 'system', 'Theme of the system'),
      themeItem(windowSettings, 'light', 'Light theme'),
      themeItem(windowSettings, 'dark', 'Dark theme'),
      LINE,
      { role: 'zoomIn', label: 'Larger', accelerator: acceleratorOf('larger') },
      { role: 'zoomOut', label: 'Smaller' },
      { role: 'resetZoom', label: 'Usual size' },
      LINE,
      { role: 'togglefullscreen', label: 'Full screen' },
      { role: 'toggleDevTools', label: 'Developer tools' },
    ],
  };
}

function ask(send: Send, label: string, command: Command): Item {
  return { label, click: () => send('command', command) };
}

/** A command that has keys. */
function bound(send: Send, label: string, command: Command & BoundCommand): Item {
  return { ...ask(send, label, command), accelerator: acceleratorOf(command) };
}

function themeItem(windowSettings: WindowSettings, theme: WindowValues['theme'], label: string): Item {
  const click = () => {
    nativeTheme.themeSource = theme;
    windowSettings.change({ theme });
  };
  return { type: 'radio', label, checked: windowSettings.values.theme === theme, click };
}

/** Cut, copy and paste where the pointer is; and the way back to the editor, which has no toolbar while it is hidden. */
function offerEditing({ window, send }: MenuParts): void {
  const menu = Menu.buildFromTemplate([
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll', label: 'Select all' },
    LINE,
    ask(send, 'Show or hide editor', 'toggle editor'),
  ]);
  window.webContents.on('context-menu', () => menu.popup({ window }));
}
