/** How many cells of a terminal a text takes. */

import { eastAsianWidth } from 'get-east-asian-width';

let segmenter: Intl.Segmenter | null = null;

const PLAIN = /^[\x20-\x7e]*$/;
/** Characters that stand for themselves, so that the segmenter (12 ms at first use) is not needed. */
const SIMPLE = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027]*$/;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]$/u;
const EMOJI_STYLE = '\ufe0f';
const FIRST_WIDE_CODE = 0x1100;
const WIDEST = 2;

/** Cut a text into what a person sees as one character. */
export function graphemes(text: string): string[] {
  if (SIMPLE.test(text)) {
    return text.split('');
  }
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** The cells that one grapheme takes. */
export function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (grapheme.length === 1 && code < FIRST_WIDE_CODE) {
    return narrowWidth(grapheme, code);
  }
  if (grapheme.includes(EMOJI_STYLE)) {
    return 2;
  }
  let width = 0;
  for (const character of grapheme) {
    if (INVISIBLE.test(character)) {
      continue;
    }
    width += eastAsianWidth(character.codePointAt(0) as number);
  }
  // No letter is wider than two cells, of however many parts it is made.
  return Math.min(width, WIDEST);
}

function narrowWidth(grapheme: string, code: number): number {
  if (code >= 0x20 && code < 0x7f) {
    return 1;
  }
  if (code < 0xa0) {
    return 0;
  }
  return INVISIBLE.test(grapheme) ? 0 : 1;
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

/** Whether terminals may disagree with us about a grapheme's width. */
export function isDisputed(grapheme: string): boolean {
  return grapheme.length > 1 && !PLAIN.test(grapheme);
}
