/** How many cells of a terminal a text takes. */

import { terminalCharacters } from './terminal-characters.ts';

const PLAIN = /^[\x20-\x7e]*$/;
/** Characters that stand for themselves, so that no table is needed. */
const SIMPLE = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027]*$/;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]+$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal acts on them
const CONTROLS = /([\x00-\x1f\x7f-\x9f])/;

/** Cut a text into what a terminal takes for one character. */
export function graphemes(text: string): string[] {
  if (SIMPLE.test(text)) {
    return text.split('');
  }
  return text
    .split(CONTROLS)
    .flatMap((part) =>
      isControl(part) ? part : terminalCharacters(part).map((character) => character.text),
    );
}

/** The cells that one grapheme takes. */
export function graphemeWidth(grapheme: string): number {
  if (SIMPLE.test(grapheme)) {
    return grapheme.length;
  }
  return isControl(grapheme)
    ? 0
    : terminalCharacters(grapheme).reduce((sum, { columns }) => sum + columns, 0);
}

/** Whether nothing is seen of it, or only as a part of what stands before it. */
export function isInvisible(grapheme: string): boolean {
  return INVISIBLE.test(grapheme);
}

/** The cells that a line without control characters takes. */
export function textWidth(text: string): number {
  if (SIMPLE.test(text)) {
    return text.length;
  }
  return graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** Cut a line to a number of cells, with an ellipsis where something was cut. */
export function clip(text: string, columns: number): string {
  if (textWidth(text) <= columns) {
    return text;
  }
  let width = 0;
  let kept = '';
  for (const grapheme of graphemes(text)) {
    width += graphemeWidth(grapheme);
    if (width > columns - 1) {
      break;
    }
    kept += grapheme;
  }
  return `${kept}…`;
}

function isControl(text: string): boolean {
  return text.length === 1 && CONTROLS.test(text);
}

/** Whether terminals may disagree with us about a grapheme's width. */
export function isDisputed(grapheme: string): boolean {
  return grapheme.length > 1 && !PLAIN.test(grapheme);
}
