/** The last lines of what a session had printed, as text: they are shown again where it is not on the screen any more. */

/** No more of a transcript is looked at. */
const MAX_BYTES = 256 * 1024;
const TAB_COLUMNS = 8;
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
/** What an editor or a pager has shown on a screen of its own. */
const OTHER_SCREEN = /\x1b\[\?1049h[\s\S]*?(?:\x1b\[\?1049l|$)/g;
const PIECE =
  /\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x1f\x7f\x80-\x9f]|[^\x00-\x1f\x7f\x80-\x9f]+/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** At most so many lines, the empty ones at the end left out. */
export function lastLines(transcript: Uint8Array, count: number): string[] {
  const text = new TextDecoder().decode(transcript.subarray(-MAX_BYTES)).replace(OTHER_SCREEN, '');
  const lines = text.trimEnd();
  return lines === '' ? [] : lines.split('\n').slice(-count).map(shownOf);
}

/** What a terminal shows of a line in which a program has gone back and written over it. */
function shownOf(line: string): string {
  let shown: string[] = [];
  let at = 0;
  for (const [text, parameters, final] of line.matchAll(PIECE)) {
    if (final === 'K' && (parameters === '' || parameters === '0')) {
      shown = shown.slice(0, at);
    } else if (final === 'K' && parameters === '2') {
      shown = [];
    } else if (text === '\r') {
      at = 0;
    } else if (text === '\b') {
      at = Math.max(0, at - 1);
    } else if (text === '\t') {
      at = (Math.floor(at / TAB_COLUMNS) + 1) * TAB_COLUMNS;
    } else if (isPrinted(text)) {
      for (const character of text) {
        shown[at] = character;
        at += 1;
      }
    }
  }
  return Array.from(shown, (character) => character ?? ' ')
    .join('')
    .trimEnd();
}

function isPrinted(text: string): boolean {
  const code = text.codePointAt(0) ?? 0;
  return code >= 0x20 && (code < 0x7f || code > 0x9f);
}
