/** Monaco with what a Python script needs, and no more: each part that is left out is not in the bundle. */

import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/dnd/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoLine/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/placeholderText/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import { editor, languages } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { editorTheme } from '../theme/editor-theme.ts';
import { useTheme } from '../theme/following.ts';
import { PYTHON_BEHAVIOUR, PYTHON_SYNTAX } from './python.ts';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

languages.register({ id: 'python', extensions: ['.py', '.pyw', '.pyi'] });
languages.setLanguageConfiguration('python', PYTHON_BEHAVIOUR);
languages.setMonarchTokensProvider('python', PYTHON_SYNTAX);

editor.defineTheme('light', editorTheme('light'));
editor.defineTheme('dark', editorTheme('dark'));
useTheme.subscribe(({ theme }) => editor.setTheme(theme));

export { KeyCode, KeyMod, Range } from 'monaco-editor/editor';
export { editor };
