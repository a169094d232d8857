/** Where characters, words and lines begin and end in a text, in UTF-16 offsets. */

import { cellsOf, cellsWidth } from '../screen/cells.ts';
import { graphemes } from '../screen/text-width.ts';

const WORD = /[\p{L}\p{N}\p{M}_]/u;

export function nextCharacter(text: string, at: number): number {
  if (at >= text.length) {
    return text.length;
  }
  if (text[at] === '\n') {
    return at + 1;
  }
  const first = graphemes(text.slice(at, lineEnd(text, at)))[0] ?? '';
  return at + first.length;
}

export function previousCharacter(text: string, at: number): number {
  if (at <= 0) {
    return 0;
  }
  if (text[at - 1] === '\n') {
    return at - 1;
  }
  const last = graphemes(text.slice(lineStart(text, at), at)).at(-1) ?? '';
  return at - last.length;
}

export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The end of the word at or after an offset, as Emacs sees words. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isWord(text, end)) {
    end += 1;
  }
  while (end < text.length && isWord(text, end)) {
    end += 1;
  }
  return end;
}

export function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isWord(text, start - 1)) {
    start -= 1;
  }
  while (start > 0 && isWord(text, start - 1)) {
    start -= 1;
  }
  return start;
}

/** The start of the run of non-blank characters before an offset: what C-w takes. */
export function blankWordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/.test(text[start - 1] as string)) {
    start -= 1;
  }
  while (start > 0 && !/\s/.test(text[start - 1] as string)) {
    start -= 1;
  }
  return start;
}

/** The offset a line above or below, at the same place in it; `null` where there is no such line. */
export function verticalMove(text: string, at: number, down: boolean, goal: number): number | null {
  const start = lineStart(text, at);
  if (down) {
    const end = lineEnd(text, at);
    return end === text.length ? null : placeInLine(text, end + 1, goal);
  }
  return start === 0 ? null : placeInLine(text, lineStart(text, start - 1), goal);
}

/** How far from its line's start an offset is, in cells. */
export function columnOf(text: string, at: number): number {
  return cellsWidth(cellsOf(text.slice(lineStart(text, at), at), ''));
}

function placeInLine(text: string, start: number, goal: number): number {
  let at = start;
  let column = 0;
  for (const cell of cellsOf(text.slice(start, lineEnd(text, start)), '')) {
    column += cell.width;
    if (column > goal) {
      break;
    }
    at += cell.length;
  }
  return at;
}

/** Surrogates are never letters by themselves: a pair counts as one. */
function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 0xdc00 && code <= 0xdfff) {
    return WORD.test(text.slice(at - 1, at + 1));
  }
  if (code >= 0xd800 && code <= 0xdbff) {
    return WORD.test(text.slice(at, at + 2));
  }
  return WORD.test(text[at] as string);
}
