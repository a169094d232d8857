/** What each of the renderer's calls does. */

import { app, type BrowserWindow, dialog, Menu, shell } from 'electron';
import { background } from '../../supervisor/platform/background.ts';
import { log } from '../../supervisor/platform/log.ts';
import { type SavedHandlerParts, savedHandlers } from '../checkpoints/checkpoint-handlers.ts';
import type { Scripts } from '../documents/scripts.ts';
import type { WindowSettings } from '../documents/window-settings.ts';
import type { Handlers } from '../ipc/ipc-router.ts';
import { allowedLink } from '../ipc/security-policy.ts';
import { restartPython } from '../session/restart.ts';
import type { VariableFeed } from '../session/variable-feed.ts';
import { chooseInterpreter } from './interpreter-choice.ts';
import type { Shutdown } from './shutdown.ts';

export interface HandlerParts extends SavedHandlerParts {
  windowSettings: WindowSettings;
  scripts: Scripts;
  shutdown: Shutdown;
  variableFeed: VariableFeed;
}

export function createHandlers(parts: HandlerParts): Handlers {
  const { window, windowSettings, scripts, repl, checkpointFeed, transfers, foreignCheckpoints, shutdown } =
    parts;
  return {
    ...savedHandlers(parts),
    async open() {
      // What is offered is there with the first picture, so that nothing moves.
      await checkpointFeed.whenRead();
      repl.show();
      const { editorShare, editorShown, railShown, railWidth, railFront } = windowSettings.values;
      return {
        situation: repl.situation,
        states: repl.stateFeed.all(),
        saved: checkpointFeed.news,
        transfer: transfers.transfer,
        restored: transfers.restored,
        foreign: foreignCheckpoints.foreign,
        script: scripts.current,
        arrangement: { editorShare, editorShown, railShown, railWidth, railFront },
        platform: process.platform,
        hasGraphicsCard: app.getGPUFeatureStatus().webgl2.startsWith('enabled'),
      };
    },
    resize(columns, rows) {
      repl.resize(columns, rows);
      windowSettings.change({ columns, rows });
    },
    type: (keys) => repl.type(keys),
    shown: (bytes) => repl.shown(bytes),
    run: (request) => repl.run(request),
    split: (code) => repl.split(code),
    stop: () => repl.stop(),
    // Not awaited: the situation tells how it goes.
    restart: () => background(restartPython(window, repl), 'restarting Python'),
    undo: () => repl.undo(),
    redo: () => repl.redo(),
    goTo: (state) => repl.goTo(state),
    nameState: (state, name) => repl.nameState(state, name),
    weighState: (state) => repl.weighState(state),
    watchVariables: (isWanted) => parts.variableFeed.watch(isWanted),
    openVariable: (state, path) => parts.variableFeed.open(state, path),
    begin: () => repl.beginTransaction(),
    commit: () => repl.commit(),
    rollback: () => repl.rollback(),
    chooseInterpreter: () =>
      background(chooseInterpreter({ window, windowSettings, repl }), 'choosing an interpreter'),
    openScript: (current) => scripts.open(current),
    newScript: (current) => scripts.empty(current),
    saveScript: (script) => scripts.save(script),
    saveScriptAs: (script) => scripts.saveAs(script),
    keepDraft: (script) => scripts.keep(script),
    keepArrangement: (arrangement) => windowSettings.change(arrangement),
    showMenu: (x, y) => Menu.getApplicationMenu()?.popup({ window, x, y }),
    openLink: (address) => openLink(window, address),
    logFailure: (what, details) => log(`the window's page: ${what}`, details),
    leave: () => shutdown.go(),
    leaveNow: () => shutdown.hurry(),
    saveAgain: () => shutdown.saveAgain(),
  };
}

/** A program can print any address: the user sees all of it before the browser does. */
async function openLink(window: BrowserWindow, address: string): Promise<void> {
  const url = allowedLink(address);
  if (url === null) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Open this page in the browser?',
    detail: url,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) await shell.openExternal(url);
}
