/** The desktop application: one window on one session. */

import { app, type BrowserWindow, dialog } from 'electron';
import { readPreferences } from '../repl/controller/preferences.ts';
import { background, onFailure } from '../supervisor/platform/background.ts';
import { logFile } from '../supervisor/platform/log.ts';
import { catchUncaught } from '../supervisor/platform/uncaught.ts';
import { openUsersStore } from '../supervisor/store/users-store.ts';
import { createHandlers } from './app/call-handlers.ts';
import { setMenu } from './app/menu.ts';
import { quitGently, type Shutdown } from './app/shutdown.ts';
import { claimHome, comeForward, takeFiles } from './app/single-instance.ts';
import { refreshItems } from './app/state-menu-items.ts';
import { denyByDefault, openWindow, reviveRenderer } from './app/window.ts';
import { readArguments } from './app/window-arguments.ts';
import { followSaved } from './checkpoints/checkpoint-parts.ts';
import { type ForeignCheckpoints, isCheckpointFile } from './checkpoints/foreign-checkpoints.ts';
import { Scripts } from './documents/scripts.ts';
import { WindowSettings } from './documents/window-settings.ts';
import { claimScheme, PAGE, serveRenderer } from './ipc/app-scheme.ts';
import { openRouter } from './ipc/ipc-router.ts';
import { createSend, type Send } from './ipc/signals.ts';
import { Repl } from './session/repl.ts';
import { VariableFeed } from './session/variable-feed.ts';

/** More failures than these in a short time, and nothing can be relied on. */
const FAILURES_BORNE = 5;

const asked = readArguments(process.argv, Boolean(process.defaultApp));

claimScheme();
if (claimHome(asked)) {
  takeFiles();
  // Not awaited: `ready` comes only after this module has been evaluated.
  app.whenReady().then(onReady).catch(giveUp);
} else {
  app.quit();
}

async function onReady(): Promise<void> {
  serveRenderer();
  denyByDefault();
  const { folder } = asked;
  const { settings } = readPreferences();
  const { foreign } = settings.checkpoints;
  const store = openUsersStore(settings);
  const windowSettings = new WindowSettings();
  const window = openWindow(windowSettings);
  const send = createSend(window);
  const scripts = new Scripts({ window, windowSettings, folder, send });
  const { columns, rows } = windowSettings.values;
  const tell: Send = (name, payload) => {
    send(name, payload);
    if (name === 'situation' || name === 'states' || name === 'restored') refreshItems(repl, saved.transfers);
  };
  const python = asked.python ?? windowSettings.values.python;
  const repl = new Repl({ python, folder, columns, rows, send: tell, store });
  const saved = followSaved({ window, store, repl, scripts, send: tell, foreign });
  const shutdown = quitGently({ window, windowSettings, repl, send });
  const variableFeed = new VariableFeed(send);
  repl.addFollower(variableFeed);
  const parts = { window, windowSettings, scripts, repl, shutdown, folder, variableFeed, ...saved };
  openRouter(window, createHandlers(parts));
  setMenu({ window, windowSettings, repl, send });
  reviveRenderer(window);
  const show = (file: string) =>
    isCheckpointFile(file) ? saved.foreignCheckpoints.receive(file) : scripts.show(file);
  comeForward(window, show);
  onFailure((words) => repl.complain(words));
  catchUncaught({ most: FAILURES_BORNE, end: () => endBroken(window, shutdown) });
  begin(scripts, saved.foreignCheckpoints);
  background(repl.begin(), 'starting Python');
  await window.loadURL(PAGE);
}

/** Begin with the file that was asked for: a script in the editor, or a saved session to look into. */
function begin(scripts: Scripts, foreignCheckpoints: ForeignCheckpoints): void {
  const { file } = asked;
  const isForeign = file !== null && isCheckpointFile(file);
  scripts.begin(isForeign ? null : file);
  if (isForeign) background(foreignCheckpoints.receive(file), 'looking into a file');
}

/** It fails again and again: say so, save the session, and go. */
function endBroken(window: BrowserWindow, shutdown: Shutdown): void {
  const words = {
    type: 'error' as const,
    message: 'PyREPL3 fails again and again, and ends.',
    detail: `The session is saved first. What failed is written in ${logFile()}.`,
  };
  const told = dialog.showMessageBox(window, words).finally(() => shutdown.begin());
  background(told, 'ending');
}

function giveUp(error: unknown): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  dialog.showErrorBox('PyREPL3 could not start', words);
  app.exit(1);
}
