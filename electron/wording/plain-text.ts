/** Text without what plays tricks with its reader: control characters, and those that turn the direction of writing. */

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\x00-\x1f\x7f-\x9f]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** One line of text, whoever wrote it: a space in the place of each character that is none. */
export function plain(text: string): string {
  return text.replace(CONTROL, ' ').replace(DIRECTION, ' ');
}

/** The first line of code that has something on it. */
export function firstLine(code: string): string {
  return plain(code.trim().split('\n', 1)[0] ?? '').trimEnd();
}

/** So many characters at the most, an ellipsis where there were more. */
export function shortened(text: string, characters: number): string {
  // Half a character is none.
  return text.length <= characters
    ? text
    : `${text.slice(0, characters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
