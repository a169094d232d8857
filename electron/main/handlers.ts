/** What each of the renderer's calls does. */

import { app, type BrowserWindow, dialog, Menu, shell } from 'electron';
import type { Handlers } from './gate.ts';
import { chooseInterpreter } from './interpreter.ts';
import type { Keeper } from './kept.ts';
import { allowedLink } from './policy.ts';
import type { Repl } from './repl.ts';
import { restartPython } from './restart.ts';
import type { Scripts } from './scripts.ts';

export interface HandlerParts {
  window: BrowserWindow;
  keeper: Keeper;
  scripts: Scripts;
  repl: Repl;
}

export function createHandlers({ window, keeper, scripts, repl }: HandlerParts): Handlers {
  return {
    open() {
      repl.show();
      const { editorShare, editorShown, railShown, railWidth } = keeper.values;
      return {
        situation: repl.situation,
        states: repl.chronicle.all(),
        script: scripts.current,
        arrangement: { editorShare, editorShown, railShown, railWidth },
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
    leave: () => window.destroy(),
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
