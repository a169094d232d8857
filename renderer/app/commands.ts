/** Does what the menu asks for. */

import type { Command } from '../../electron/contract/bridge.ts';
import { focusCards, focusSaveField } from '../checkpoints/card-keys.ts';
import { clearTerminal, focusTerminal } from '../console/xterm.ts';
import { changeScript } from '../editor/open-script.ts';
import { runFile, runPiece } from '../editor/run.ts';
import { findInEditor, focusEditor } from '../editor/script-editor.ts';
import { bringForward, showTab, toggleTab, useRoom } from '../model/arrangement.ts';
import { background } from '../model/background.ts';
import { on, tell } from '../model/main-bridge.ts';
import { focusList } from '../timeline/keyboard.ts';
import { focusVariables } from '../variables/variable-keys.ts';

const COMMANDS: Record<Command, () => void> = {
  'run file': runFile,
  'run piece': () => background(runPiece(), 'running a statement'),
  'new script': () => change('newScript', goToEditor),
  'open script': () => change('openScript', goToEditor),
  'save script': () => change('saveScript'),
  'save script as': () => change('saveScriptAs'),
  'toggle editor': toggleEditor,
  'go to editor': goToEditor,
  'go to console': goToConsole,
  'toggle variables': () => toggleTab('variables'),
  'go to variables': goToVariables,
  'toggle timeline': () => toggleTab('timeline'),
  'go to timeline': goToTimeline,
  'toggle saved': () => toggleTab('saved'),
  'go to saved': () => goToSaved(focusCards),
  'save session': () => goToSaved(focusSaveField),
  'import session': () => tell('importSaved'),
  'find in script': findInScript,
  'clear console': clearTerminal,
};

export function obeyMenu(): void {
  on('command', (command) => COMMANDS[command]());
}

function change(how: Parameters<typeof changeScript>[0], then?: () => void): void {
  background(changeScript(how).then(then), 'changing the script');
}

export function goToEditor(): void {
  bringForward('editor');
  // The pane is in the document only after React has drawn it.
  requestAnimationFrame(focusEditor);
}

export function goToConsole(): void {
  bringForward('console');
  requestAnimationFrame(focusTerminal);
}

function goToVariables(): void {
  showTab('variables');
  requestAnimationFrame(focusVariables);
}

function goToTimeline(): void {
  showTab('timeline');
  requestAnimationFrame(focusList);
}

function goToSaved(focus: () => void): void {
  showTab('saved');
  requestAnimationFrame(focus);
}

function findInScript(): void {
  bringForward('editor');
  requestAnimationFrame(findInEditor);
}

function toggleEditor(): void {
  if (useRoom.getState().editorShown) {
    useRoom.setState({ editorShown: false });
    goToConsole();
  } else {
    goToEditor();
  }
}

export function showMenu(button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  tell('showMenu', Math.round(left), Math.round(bottom));
}
