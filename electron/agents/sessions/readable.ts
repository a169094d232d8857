/** What a terminal was given, as plain text: without escape sequences, and each line as it stands in the end. */

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is looked for
/** Colours, movements, titles, also where the end of one is missing. */
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*(?:[@-~]|$)|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[ -/]*(?:[0-~]|$))/g;
/** What neither moves nor shows anything. */
const UNSEEN = /[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]/g;
/** The bell, which ends a title too, and what is left of a sequence. */
const LEFT = /[\x07\x1b]/g;
const MOVES = /[\r\b\x00\x01]/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** Two characters that are free by now stand for what two sequences do. */
const ERASE_REST = '\x00';
const ERASE_LINE = '\x01';

export function readable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNSEEN, '')
    .replace(ESCAPES, erasure)
    .replace(LEFT, '')
    .split('\n')
    .map((line) => (MOVES.test(line) ? overwritten(line) : line))
    .join('\n');
}

function erasure(sequence: string): string {
  if (sequence === '\x1b[K' || sequence === '\x1b[0K') {
    return ERASE_REST;
  }
  return sequence === '\x1b[2K' ? ERASE_LINE : '';
}

/** A progress bar writes over itself: what is left of it in the end. */
function overwritten(line: string): string {
  let cells: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === '\r') {
      column = 0;
    } else if (character === '\b') {
      column = Math.max(0, column - 1);
    } else if (character === ERASE_REST) {
      cells = cells.slice(0, column);
    } else if (character === ERASE_LINE) {
      cells = cells.map(() => ' ');
    } else {
      while (cells.length < column) {
        cells.push(' ');
      }
      cells[column] = character;
      column += 1;
    }
  }
  return cells.join('').trimEnd();
}
