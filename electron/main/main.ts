/** The desktop application: one window on one session. */

import { app, dialog } from 'electron';
import { readArguments } from './arguments.ts';
import { denyByDefault } from './deny.ts';
import { openGate } from './gate.ts';
import { createHandlers } from './handlers.ts';
import { Keeper } from './kept.ts';
import { setMenu } from './menu.ts';
import { quitGently } from './quit.ts';
import { Repl } from './repl.ts';
import { reviveRenderer } from './revive.ts';
import { claimScheme, PAGE, serveRenderer } from './scheme.ts';
import { Scripts } from './scripts.ts';
import { createSend, type Send } from './signals.ts';
import { claimHome, comeForward } from './single.ts';
import { refreshStateItems } from './state-items.ts';
import { openWindow } from './window.ts';

const asked = readArguments(process.argv, Boolean(process.defaultApp));

claimScheme();
if (claimHome(asked)) {
  // Not awaited: `ready` comes only after this module has been evaluated.
  app.whenReady().then(onReady).catch(giveUp);
} else {
  app.quit();
}

async function onReady(): Promise<void> {
  serveRenderer();
  denyByDefault();
  const { folder } = asked;
  const keeper = new Keeper();
  const window = openWindow(keeper);
  const send = createSend(window);
  const scripts = new Scripts({ window, keeper, folder, send });
  const { columns, rows } = keeper.values;
  const tell: Send = (name, payload) => {
    send(name, payload);
    if (name === 'situation' || name === 'states') refreshStateItems(repl);
  };
  const python = asked.python ?? keeper.values.python;
  const repl = new Repl({ python, folder, columns, rows, send: tell });
  openGate(window, createHandlers({ window, keeper, scripts, repl }));
  setMenu({ window, keeper, repl, send });
  reviveRenderer(window);
  comeForward(window, scripts);
  quitGently({ window, keeper, repl, send });
  scripts.begin(asked.file);
  void repl.begin();
  await window.loadURL(PAGE);
}

function giveUp(error: unknown): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  dialog.showErrorBox('PyREPL3 could not start', words);
  app.exit(1);
}
