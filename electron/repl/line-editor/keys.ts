/** Cut what a terminal sends into keys, whatever the pieces it arrives in. */

import { nameCode, nameSequence } from './key-sequences.ts';

export interface Key {
  /** `text`, `paste`, or a key's name: `Enter`, `C-a`, `M-Backspace`, `C-Left`. */
  name: string;
  /** What `text` and `paste` insert. */
  text: string;
  /** The characters that the terminal sent for it. */
  source: string;
}

/** How long a lone Escape waits for the rest of a sequence. */
export const ESCAPE_WAIT_MS = 40;

const PASTE_END = '\x1b[201~';
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: terminals send them
const CONTROL_SEQUENCE = /^\x1b?\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])/;
const SEQUENCE_BEGUN = /^\x1b?\x1b\[(?:[\x20-\x3f]*|\[)$/;
const LINUX_FUNCTION_KEY = /^\x1b\[\[([A-E])/;
const SINGLE_SHIFT = /^\x1b?\x1bO(\d*)([A-Za-z])/;
/** An operating system command or device string: an answer to a program that has ended. */
const ANSWER = /^\x1b(?:\]\d|P[\d>$+!])[^\x07\x1b]*(?:\x07|\x1b\\)/;
const ANSWER_BEGUN = /^\x1b(?:\]\d|P[\d>$+!])[^\x07\x1b]*\x1b?$/;
const ESCAPE_BEGUN = /^\x1b?\x1bO?$/;
const PRINTABLE = /^[^\x00-\x1f\x7f]+/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

export class KeyReader {
  #waiting = '';

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.#waiting === '';
  }

  push(data: string): void {
    this.#waiting += data;
  }

  /** Put back what was typed earlier than all that waits. */
  unshift(data: string): void {
    this.#waiting = data + this.#waiting;
  }

  /** Take all that waits as it came, for a program that reads the keyboard itself. */
  takeRaw(): string {
    const raw = this.#waiting;
    this.#waiting = '';
    return raw;
  }

  /** Look at what waits. */
  peekRaw(): string {
    return this.#waiting;
  }

  /** Take the next key; `null` while it is not complete. `final`: nothing more is coming, a lone Escape is one. */
  next(final = false): Key | null {
    const waiting = this.#waiting;
    if (waiting === '') {
      return null;
    }
    const key = waiting[0] === '\x1b' ? readEscape(waiting, final) : readPlain(waiting);
    if (key) {
      this.#waiting = waiting.slice(key.source.length);
    }
    // Answers to programs that have ended are swallowed.
    return key?.name === 'nothing' ? this.next(final) : key;
  }
}

function readPlain(waiting: string): Key | null {
  let text = PRINTABLE.exec(waiting)?.[0] ?? '';
  // Half of a surrogate pair waits for its other half.
  if (text.length === waiting.length && /[\ud800-\udbff]$/.test(text)) {
    text = text.slice(0, -1);
  }
  if (text !== '') {
    return { name: 'text', text, source: text };
  }
  const code = waiting.charCodeAt(0);
  if (code >= 0xd800) {
    return null;
  }
  return named(nameCode(code), waiting[0] as string);
}

function readEscape(waiting: string, final: boolean): Key | null {
  if (waiting.startsWith('\x1b[200~')) {
    return readPaste(waiting);
  }
  const linux = LINUX_FUNCTION_KEY.exec(waiting);
  if (linux) {
    return named(`F${(linux[1] as string).charCodeAt(0) - 64}`, linux[0]);
  }
  const control = CONTROL_SEQUENCE.exec(waiting);
  if (control && control[1] !== undefined && !(waiting.startsWith('\x1b[[') && !final)) {
    return sequence(control[0], control[1], control[2] as string);
  }
  const shift = SINGLE_SHIFT.exec(waiting);
  if (shift) {
    return sequence(shift[0], shift[1] ? `1;${shift[1]}` : '', shift[2] as string);
  }
  const answer = ANSWER.exec(waiting);
  if (answer) {
    return named('nothing', answer[0]);
  }
  const begun = SEQUENCE_BEGUN.test(waiting) || ANSWER_BEGUN.test(waiting) || ESCAPE_BEGUN.test(waiting);
  if (begun && !final) {
    return null;
  }
  if (waiting.length === 1) {
    return named('Escape', waiting);
  }
  return readMeta(waiting);
}

function sequence(source: string, parameters: string, final: string): Key {
  const name = nameSequence(parameters, final);
  if (name === null) {
    return named('nothing', source);
  }
  // Some terminals send Escape before the sequence for Alt.
  return named(source.startsWith('\x1b\x1b') && !name.includes('M-') ? `M-${name}` : name, source);
}

/** Escape and a character: the character with Alt. */
function readMeta(waiting: string): Key {
  const character = String.fromCodePoint(waiting.codePointAt(1) as number);
  if (character === '\x1b') {
    return named('Escape', '\x1b');
  }
  return named(`M-${nameCode(character.codePointAt(0) as number)}`, `\x1b${character}`);
}

function readPaste(waiting: string): Key | null {
  const end = waiting.indexOf(PASTE_END, 6);
  if (end < 0) {
    return null;
  }
  return { name: 'paste', text: waiting.slice(6, end), source: waiting.slice(0, end + PASTE_END.length) };
}

function named(name: string, source: string): Key {
  return { name, text: '', source };
}
