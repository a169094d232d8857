/** Make pasted text fit to be edited. */

import { withoutControls } from '../../wording/plain-text.ts';

const TAB = '    ';
const PROMPTED = /^\s*(?:>>>|\.\.\.)(?: |$)/;

/** Lines end in `\n`, tabs are spaces, prompts that were copied along are gone, control characters too. */
export function cleanPaste(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, TAB);
  return stripPrompts(withoutControls(lines));
}

/**
 * Take the prompts off a copied console session, and the output between them.
 *
 * Only where the first line has the first prompt: any other text keeps its dots, which may be `Ellipsis`.
 */
function stripPrompts(text: string): string {
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !/^\s*>>>(?: |$)/.test(first)) {
    return text;
  }
  const code = lines.filter((line) => PROMPTED.test(line)).map((line) => line.replace(PROMPTED, ''));
  // The empty `...` that ended a block has done its work.
  return `${code.join('\n').trimEnd()}${text.endsWith('\n') ? '\n' : ''}`;
}
