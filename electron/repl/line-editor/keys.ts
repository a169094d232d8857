/** Cut what a terminal sends into keys, whatever the pieces it arrives in. */

import { nameCode, nameSequence } from './key-sequences.ts';
import { isLateRest, readReport } from './terminal-reports.ts';

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
/** How long what no person types waits for its rest: an answer in pieces, a paste without its end. */
export const REST_WAIT_MS = 2000;

/** For how long nothing has come: no time at all, as long as keys take, as long as anything takes. */
export type Waited = 'not' | 'briefly' | 'long';

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';
const INTERRUPT = '\x03';
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: terminals send them
const CONTROL_SEQUENCE = /^\x1b?\x1b\[([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])/;
const SEQUENCE_BEGUN = /^\x1b?\x1b\[[\x20-\x3f]+/;
const LINUX_FUNCTION_KEY = /^\x1b\[\[([A-E]?)/;
const SINGLE_SHIFT = /^\x1b?\x1bO(\d*)([A-Za-z])/;
const SHIFT_BEGUN = /^\x1b?\x1bO\d+$/;
/** What may be the beginning of a sequence, and may be a key with Alt. */
const INTRODUCER = /^\x1b?\x1b[[\]OP_]$/;
/** Of these the keys do something, so that they do not wait for long. */
const KEY_AT_ONCE = /^\x1b(?:\x1b|_)?$/;
const PRINTABLE = /^[^\x00-\x1f\x7f]+/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

export class KeyReader {
  readonly #now: () => number;
  #waiting = '';
  /** What was waited for in vain, and when: its rest may be late. */
  #given: { source: string; at: number } | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether nothing waits. */
  get isEmpty(): boolean {
    return this.#waiting === '';
  }

  push(data: string): void {
    this.#waiting = this.#lateStart(data) + this.#waiting + data;
  }

  /** Put back what was typed earlier than all that waits. */
  unshift(data: string): void {
    this.#waiting = data + this.#waiting;
  }

  /** Take all that waits as it came, for a program that reads the keyboard itself. */
  takeRaw(): string {
    const raw = this.#waiting;
    this.#waiting = '';
    this.#given = null;
    return raw;
  }

  /** Look at what waits. */
  peekRaw(): string {
    return this.#waiting;
  }

  /** Take the next key; `null` while it is not complete. */
  next(waited: Waited = 'not'): Key | null {
    for (;;) {
      const waiting = this.#waiting;
      if (waiting === '') {
        return null;
      }
      const key = waiting[0] === '\x1b' ? readEscape(waiting, waited) : readPlain(waiting, waited);
      if (!key) {
        return null;
      }
      this.#waiting = waiting.slice(key.source.length);
      const isCutPaste = key.name === 'paste' && waited === 'long';
      if (this.#waiting === '' && (waited === 'briefly' || isCutPaste)) {
        this.#given = { source: isCutPaste ? PASTE_START : key.source, at: this.#now() };
      }
      // Answers to programs that have ended are swallowed.
      if (key.name !== 'nothing') {
        return key;
      }
    }
  }

  /** What the data goes on from, where it is the late rest of something. */
  #lateStart(data: string): string {
    const given = this.#given;
    this.#given = null;
    const isLate = given !== null && this.#waiting === '' && this.#now() - given.at < REST_WAIT_MS;
    return isLate && isLateRest(given.source + data) ? given.source : '';
  }
}

function readPlain(waiting: string, waited: Waited): Key | null {
  let text = PRINTABLE.exec(waiting)?.[0] ?? '';
  // Half of a surrogate pair waits for its other half.
  if (waited !== 'long' && text.length === waiting.length && /[\ud800-\udbff]$/.test(text)) {
    text = text.slice(0, -1);
  }
  if (text !== '') {
    return { name: 'text', text: text.replace(LONE_SURROGATE, '\ufffd'), source: text };
  }
  const code = waiting.charCodeAt(0);
  if (code >= 0xd800) {
    return null;
  }
  return named(nameCode(code), waiting[0] as string);
}

function readEscape(waiting: string, waited: Waited): Key | null {
  if (waiting.startsWith(PASTE_START)) {
    return readPaste(waiting, waited);
  }
  // Neither a paste nor an interrupt is one with Alt.
  if (waiting.startsWith(`\x1b${PASTE_START}`) || waiting.startsWith(`\x1b${INTERRUPT}`)) {
    return named('Escape', '\x1b');
  }
  const report = readReport(waiting);
  if (report) {
    return report.kind === 'begun' && waited !== 'long'
      ? null
      : named('nothing', waiting.slice(0, report.length));
  }
  return readSequence(waiting) ?? readBegun(waiting, waited);
}

/** A sequence that is whole. */
function readSequence(waiting: string): Key | null {
  const linux = LINUX_FUNCTION_KEY.exec(waiting);
  if (linux) {
    const letter = linux[1] ?? '';
    return letter || waiting.length > 3
      ? named(letter ? `F${letter.charCodeAt(0) - 64}` : 'nothing', linux[0])
      : null;
  }
  const control = CONTROL_SEQUENCE.exec(waiting);
  if (control) {
    return sequence(control[0], control[1] ?? '', control[2] as string);
  }
  const shift = SINGLE_SHIFT.exec(waiting);
  return shift && sequence(shift[0], shift[1] ? `1;${shift[1]}` : '', shift[2] as string);
}

/** The beginning of a sequence, or Escape and a character. */
function readBegun(waiting: string, waited: Waited): Key | null {
  const begun = SEQUENCE_BEGUN.exec(waiting)?.[0];
  // What follows belongs to no sequence.
  if (begun && begun.length < waiting.length) {
    return named('nothing', begun);
  }
  const isSequence = begun !== undefined || waiting === '\x1b[[' || SHIFT_BEGUN.test(waiting);
  const waits = isSequence || INTRODUCER.test(waiting) || KEY_AT_ONCE.test(waiting);
  if (waits && (waited === 'not' || (waited === 'briefly' && !KEY_AT_ONCE.test(waiting)))) {
    return null;
  }
  if (isSequence) {
    return named('nothing', waiting);
  }
  return waiting.length === 1 ? named('Escape', waiting) : readMeta(waiting);
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

/** A paste; Ctrl-C, and time, end one that has no end. */
function readPaste(waiting: string, waited: Waited): Key | null {
  const end = waiting.indexOf(PASTE_END, PASTE_START.length);
  if (end >= 0) {
    const text = waiting.slice(PASTE_START.length, end);
    return { name: 'paste', text, source: waiting.slice(0, end + PASTE_END.length) };
  }
  if (waited !== 'not' && waiting.endsWith(INTERRUPT)) {
    return named('C-c', waiting);
  }
  return waited === 'long'
    ? { name: 'paste', text: waiting.slice(PASTE_START.length), source: waiting }
    : null;
}

function named(name: string, source: string): Key {
  return { name, text: '', source };
}
