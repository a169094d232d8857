/** The editor: one script in Monaco. */

import type { Script } from '../../electron/contract/bridge.ts';
import { useTheme } from '../theme/following.ts';
import { CODE_FONT, CODE_LINE_PX, CODE_SIZE_PX } from '../theme/fonts.ts';
import { KeyCode, KeyMod, editor as monaco } from './monaco.ts';

const host = document.createElement('div');
host.className = 'editor';
host.dataset.testid = 'editor';

export const model = monaco.createModel('', 'python');
model.updateOptions({ tabSize: 4, insertSpaces: true });

export const editor = monaco.create(host, {
  model,
  theme: useTheme.getState().theme,
  ariaLabel: 'Script',
  placeholder: 'A script goes here. Shift+Enter runs the statement that the cursor is in.',
  automaticLayout: true,
  fontFamily: CODE_FONT,
  fontSize: CODE_SIZE_PX,
  lineHeight: CODE_LINE_PX,
  fontLigatures: false,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  scrollBeyondLastLine: false,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  renderFinalNewline: 'on',
  padding: { top: 8, bottom: 8 },
  renderLineHighlightOnlyWhenFocus: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  quickSuggestions: false,
  wordBasedSuggestions: 'off',
  occurrencesHighlight: 'singleFile',
  cursorWidth: 2,
  // The menu under the pointer is the window's own, as in the console.
  contextmenu: false,
});

/** The element that the editor lives in, with its key for running. */
export function openEditor(runPiece: () => void): HTMLElement {
  editor.addCommand(KeyMod.Shift | KeyCode.Enter, runPiece);
  return host;
}

export function focusEditor(): void {
  editor.focus();
}

export function cursor(): Script['cursor'] {
  const position = editor.getPosition();
  return position && { line: position.lineNumber, column: position.column };
}

export function putCursor({ line, column }: NonNullable<Script['cursor']>): void {
  editor.setPosition({ lineNumber: line, column });
  editor.revealLineInCenterIfOutsideViewport(line);
}

export function onCursor(listener: () => void): void {
  editor.onDidChangeCursorPosition(listener);
}

export function findInEditor(): void {
  editor.focus();
  editor.trigger('menu', 'actions.find', null);
}
