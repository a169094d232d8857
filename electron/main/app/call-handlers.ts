/** What each of the renderer's calls does. */

import { app, type BrowserWindow, dialog, Menu, shell } from 'electron';
import type { Archive } from '../checkpoints/checkpoint-feed.ts';
import type { SavedParts } from '../checkpoints/checkpoint-files.ts';
import { savedHandlers } from '../checkpoints/checkpoint-handlers.ts';
import type { Passages } from '../checkpoints/transfer-progress.ts';
import type { Scripts } from '../documents/scripts.ts';
import type { Keeper } from '../documents/window-settings.ts';
import type { Handlers } from '../ipc/ipc-router.ts';
import { allowedLink } from '../ipc/security-policy.ts';
import { restartPython } from '../session/restart.ts';
import { chooseInterpreter } from './interpreter-choice.ts';
import type { Departure } from './shutdown.ts';

export interface HandlerParts extends SavedParts {
  keeper: Keeper;
  scripts: Scripts;
  archive: Archive;
  passages: Passages;
  departure: Departure;
}

export function createHandlers(parts: HandlerParts): Handlers {
  const { window, keeper, scripts, repl, archive, passages, guests, departure } = parts;
  return {
    ...savedHandlers(parts),
    async open() {
      // What is offered is there with the first picture, so that nothing moves.
      await archive.whenRead();
      repl.show();
      const { editorShare, editorShown, railShown, railWidth, railFront } = keeper.values;
      return {
        situation: repl.situation,
        states: repl.chronicle.all(),
        saved: archive.news,
        passage: passages.passage,
        aftermath: passages.aftermath,
        guest: guests.guest,
        script: scripts.current,
        arrangement: { editorShare, editorShown, railShown, railWidth, railFront },
        platform: process.platform,
        hasGraphicsCard: app.getGPUFeatureStatus().webgl2.startsWith('enabled'),
      };
    },
    resize(columns, rows) {
      repl.resize(columns, rows);
      keeper.change({ columns, rows });
    },
    type: (keys) => repl.type(keys),
    shown: (bytes) => repl.shown(bytes),
    run: (piece) => repl.run(piece),
    split: (code) => repl.split(code),
    stop: () => repl.stop(),
    // Not awaited: the situation tells how it goes.
    restart: () => void restartPython(window, repl),
    undo: () => repl.command('%undo'),
    redo: () => repl.command('%redo'),
    goTo: (state) => repl.command(`%goto ${state}`),
    nameState: (state, name) => repl.nameState(state, name),
    weighState: (state) => repl.weighState(state),
    begin: () => repl.command('%begin'),
    commit: () => repl.command('%commit'),
    rollback: () => repl.command('%rollback'),
    chooseInterpreter: () => void chooseInterpreter({ window, keeper, repl }),
    openScript: (current) => scripts.open(current),
    newScript: (current) => scripts.empty(current),
    saveScript: (script) => scripts.save(script),
    saveScriptAs: (script) => scripts.saveAs(script),
    keepDraft: (script) => scripts.keep(script),
    keepArrangement: (arrangement) => keeper.change(arrangement),
    showMenu: (x, y) => void Menu.getApplicationMenu()?.popup({ window, x, y }),
    openLink: (address) => openLink(window, address),
    leave: () => departure.go(),
    leaveNow: () => departure.hurry(),
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
