/** What a terminal sends that no key is: answers to a program's questions, and reports of the mouse. */

export interface Report {
  /** `whole`; `begun`: the rest may come; `broken`: no more of it comes. */
  kind: 'whole' | 'begun' | 'broken';
  /** How many characters are its. */
  length: number;
}

const CLICK = '\x1b[M';
/** The button, the column and the row. */
const CLICK_CHARACTERS = 3;
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: terminals send them
/** An operating system command, a device string, an application command: no control characters are in them. */
const ANSWER = /^\x1b(?:\][\dlL]|P[\d>$+!=]|_G)[^\x00-\x1f\x7f]*/;
const END = /^(?:\x07|\x1b\\)/;
const NO_COORDINATE = /[\x01-\x1f]/;
/** Behind an Escape that was taken for a key: the rest of a sequence, and nothing that a person types at once. */
const LATE =
  /^\x1b(?:\[[<?>=][\d;:]*|\[\d[\d;:]*)(?:$|\$?[A-Za-z~])|^\x1b(?:\[[A-DFHIOZ]|O[A-DFHM-S])$|^\x1b(?:\[M|\]\d|\][lL]|P[\d>$+!=]|_G)/;
const LATE_PASTE_END = /^\x1b\[200~[\s\S]*\x1b\[201~/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** The report with which the text begins; `null` where it begins with a key. */
export function readReport(text: string): Report | null {
  return text.startsWith(CLICK) ? readClick(text) : readAnswer(text);
}

/** Whether the text goes on with what its beginning, which was waited for in vain, had begun. */
export function isLateRest(text: string): boolean {
  return text.startsWith('\x1b[200~') ? LATE_PASTE_END.test(text) : LATE.test(text);
}

function readClick(text: string): Report {
  let length = CLICK.length;
  for (let count = 0; count < CLICK_CHARACTERS; count += 1) {
    const character = String.fromCodePoint(text.codePointAt(length) ?? 0);
    if (length >= text.length) {
      return { kind: 'begun', length };
    }
    // Ctrl-C is Ctrl-C everywhere.
    if (NO_COORDINATE.test(character)) {
      return { kind: 'broken', length };
    }
    length += character.length;
  }
  return { kind: 'whole', length };
}

function readAnswer(text: string): Report | null {
  const length = ANSWER.exec(text)?.[0].length;
  if (length === undefined) {
    return null;
  }
  const rest = text.slice(length);
  const end = END.exec(rest)?.[0].length;
  if (end !== undefined) {
    return { kind: 'whole', length: length + end };
  }
  if (rest === '' || rest === '\x1b') {
    return { kind: 'begun', length: text.length };
  }
  return { kind: 'broken', length };
}
