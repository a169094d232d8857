/** Runs the script: the whole of it, what is selected, or the statement that the cursor is in. */

import { call, tell } from '../model/main-bridge.ts';
import { Range } from './monaco.ts';
import { useScript } from './open-script.ts';
import { editor, model } from './script-editor.ts';
import { guessStatements, type Lines, statementAt } from './statement-ranges.ts';

export function runFile(): void {
  run({ start: 1, end: model.getLineCount() }, true);
}

/** Run the selection; without one, the current statement, and move on to the next. */
export async function runPiece(): Promise<void> {
  const selection = editor.getSelection();
  if (selection && !selection.isEmpty()) {
    runText(model.getValueInRange(selection), selection.startLineNumber);
    return;
  }
  const text = model.getValue();
  const line = editor.getPosition()?.lineNumber ?? 1;
  const statements = (await call('split', text)) ?? guessStatements(text);
  const statement = statementAt(text, line, statements);
  if (statement === null) return;
  run(statement, false);
  moveOn(statementAt(text, statement.end + 1, statements)?.start ?? statement.end + 1);
}

function run({ start, end }: Lines, whole: boolean): void {
  const range = new Range(start, 1, end, model.getLineMaxColumn(end));
  runText(model.getValueInRange(range), start, whole);
}

function runText(code: string, line: number, whole = false): void {
  if (code.trim() === '') return;
  const { path } = useScript.getState();
  tell('run', { code: dedent(code), path, line, whole });
}

/** Let an indented selection stand on its own. */
function dedent(code: string): string {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  const common = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return common === 0 ? code : code.replaceAll(new RegExp(`^[ \\t]{${common}}`, 'gm'), '');
}

/** Put the cursor on a line; below the script's last, on a new one. */
function moveOn(line: number): void {
  if (line > model.getLineCount()) {
    const end = model.getFullModelRange().getEndPosition();
    editor.executeEdits('run', [{ range: Range.fromPositions(end), text: model.getEOL() }]);
  }
  editor.setPosition({ lineNumber: line, column: 1 });
  editor.revealLine(line);
}
