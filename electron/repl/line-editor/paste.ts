/** Make pasted text fit to be edited. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
const PROMPTED = /^\s*(?:>>>|\.\.\.)(?: |$)/;

/** Lines end in `\n`, prompts that were copied along are gone, control characters too; tabs stay, in strings they are data. */
export function cleanPaste(text: string): string {
  return stripPrompts(text.replace(/\r\n?/g, '\n').replace(CONTROL, ''));
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
