/** What keys do to a text: one function for each, and the table that binds them. */

import type { TextBuffer } from './buffer.ts';
import type { KillRing } from './kill-ring.ts';
import {
  blankWordStart,
  lineEnd,
  lineStart,
  nextCharacter,
  previousCharacter,
  wordEnd,
  wordStart,
} from './text.ts';

export type EditKind = 'kill' | 'yank' | 'other';

/** What an edit works on. */
export interface EditContext {
  buffer: TextBuffer;
  killRing: KillRing;
  /** What the key before did: cuts that follow each other are one. */
  last: EditKind;
  /** What this key does. */
  now: EditKind;
}

export type Edit = (context: EditContext) => void;

const INDENT_COLUMNS = 4;

/** Move the cursor to where a function of the text says. */
const move =
  (target: (text: string, cursor: number) => number): Edit =>
  ({ buffer }) =>
    buffer.moveTo(target(buffer.text, buffer.cursor));

/** Cut from the cursor to where a function says. */
const cut =
  (target: (text: string, cursor: number) => number): Edit =>
  (context) => {
    const { text, cursor } = context.buffer;
    const to = target(text, cursor);
    const [start, end] = to < cursor ? [to, cursor] : [cursor, to];
    const follows = context.last === 'kill';
    context.killRing.add(text.slice(start, end), follows ? (to < cursor ? 'before' : 'after') : null);
    context.buffer.replace(start, end, '');
    context.now = 'kill';
  };

const erase =
  (target: (text: string, cursor: number) => number): Edit =>
  ({ buffer }) => {
    const to = target(buffer.text, buffer.cursor);
    buffer.replace(Math.min(to, buffer.cursor), Math.max(to, buffer.cursor), '', 'erase');
  };

/** Where Backspace goes: over a whole step of indentation, where there is nothing else. */
function backspaceTarget(text: string, cursor: number): number {
  const before = text.slice(lineStart(text, cursor), cursor);
  if (!/^ +$/.test(before)) {
    return previousCharacter(text, cursor);
  }
  return cursor - (before.length % INDENT_COLUMNS || INDENT_COLUMNS);
}

/** The end of the line, or the line's break where the cursor is there already. */
function killTarget(text: string, cursor: number): number {
  const end = lineEnd(text, cursor);
  return end === cursor ? Math.min(end + 1, text.length) : end;
}

/** The first character of the line that is no white space, or the line's start. */
function homeTarget(text: string, cursor: number): number {
  const start = lineStart(text, cursor);
  const indented = start + (/^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0].length ?? 0);
  return cursor === indented ? start : indented;
}

function transpose({ buffer }: EditContext): void {
  const { text } = buffer;
  const middle =
    buffer.cursor === lineEnd(text, buffer.cursor) ? previousCharacter(text, buffer.cursor) : buffer.cursor;
  if (middle === lineStart(text, middle)) {
    return;
  }
  const start = previousCharacter(text, middle);
  const end = nextCharacter(text, middle);
  buffer.replace(start, end, text.slice(middle, end) + text.slice(start, middle));
}

function yank(context: EditContext): void {
  const text = context.killRing.latest;
  context.buffer.insert(text);
  if (text !== '') {
    context.now = 'yank';
  }
}

/** Put another cut in the place of the one that was just put back. */
function yankOlder(context: EditContext): void {
  if (context.last !== 'yank') {
    return;
  }
  context.buffer.undo();
  context.buffer.insert(context.killRing.older());
  context.now = 'yank';
}

/** Change the word after the cursor. */
const recase =
  (change: (word: string) => string): Edit =>
  ({ buffer }) => {
    const end = wordEnd(buffer.text, buffer.cursor);
    buffer.replace(buffer.cursor, end, change(buffer.text.slice(buffer.cursor, end)));
  };

const capitalise = (word: string) => word.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase());

export const EDITS: Record<string, Edit> = {
  'C-a': move(lineStart),
  'C-e': move(lineEnd),
  Home: move(homeTarget),
  End: move(lineEnd),
  'C-b': move(previousCharacter),
  'C-f': move(nextCharacter),
  Left: move(previousCharacter),
  Right: move(nextCharacter),
  'M-b': move(wordStart),
  'M-f': move(wordEnd),
  'C-Left': move(wordStart),
  'C-Right': move(wordEnd),
  'M-Left': move(wordStart),
  'M-Right': move(wordEnd),
  'M-<': move(() => 0),
  'M->': move((text) => text.length),
  'C-Home': move(() => 0),
  'C-End': move((text) => text.length),
  Backspace: erase(backspaceTarget),
  'C-h': erase(backspaceTarget),
  Delete: erase(nextCharacter),
  'C-d': erase(nextCharacter),
  'C-k': cut(killTarget),
  'C-u': cut(lineStart),
  'C-w': cut(blankWordStart),
  'M-d': cut(wordEnd),
  'C-Delete': cut(wordEnd),
  'M-Delete': cut(wordEnd),
  'M-Backspace': cut(wordStart),
  'C-Backspace': cut(wordStart),
  'M-C-h': cut(wordStart),
  'C-y': yank,
  'M-y': yankOlder,
  'C-t': transpose,
  'M-u': recase((word) => word.toUpperCase()),
  'M-l': recase((word) => word.toLowerCase()),
  'M-c': recase(capitalise),
  'C-_': ({ buffer }) => buffer.undo(),
  'C-/': ({ buffer }) => buffer.undo(),
  'M-_': ({ buffer }) => buffer.undo(true),
  'M-/': ({ buffer }) => buffer.undo(true),
};

/** Begin a new line below, indented as this one, a step more behind a colon. */
export function openLine({ buffer }: EditContext): void {
  const line = buffer.lineBeforeCursor;
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const step = indent.endsWith('\t') ? '\t' : ' '.repeat(INDENT_COLUMNS);
  const deeper = /:\s*(?:#.*)?$/.test(line) ? step : '';
  buffer.insert(`\n${indent}${deeper}`);
}

/** Spaces to the next step of indentation. */
export function indent({ buffer }: EditContext): void {
  buffer.insert(' '.repeat(INDENT_COLUMNS - (buffer.lineBeforeCursor.length % INDENT_COLUMNS)));
}

/** Take a step of indentation off the line. */
export function dedent({ buffer }: EditContext): void {
  const start = lineStart(buffer.text, buffer.cursor);
  const spaces = /^(?:\t| {1,4})/.exec(buffer.text.slice(start))?.[0].length ?? 0;
  const cursor = Math.max(start, buffer.cursor - spaces);
  buffer.replace(start, start + spaces, '');
  buffer.moveTo(cursor);
}
