/** Find Python's tokens in a line, knowing where the line above ended: in a string, or inside an f-string's braces. */

import * as words from '../../wording/python-words.ts';

export type TokenKind = 'keyword' | 'string' | 'number' | 'comment' | 'function' | 'class';

export interface Token {
  start: number;
  end: number;
  kind: TokenKind;
}

/**
 * What is open, outermost first.
 *
 * A string is its quotes after `f` or `t` where braces hold code and `r` where backslashes are plain; `{`, `(` and
 * `[` are brackets inside such braces, `:` is a format's text.
 */
export type Open = readonly string[];

export interface Line {
  tokens: Token[];
  open: Open;
}

const KEYWORDS = new Set(words.KEYWORDS);
const SOFT_KEYWORDS = new Set(words.SOFT_KEYWORDS);
const CLASSES = new Set(words.BUILTIN_CLASSES);
const FUNCTIONS = new Set(words.BUILTIN_FUNCTIONS);
const EXCEPTION = new RegExp(`^${words.EXCEPTION}$`);
const STRING_START = /^([rRbBuUfFtT]{0,2})("""|'''|"|')/;
const NUMBER =
  /^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJ]?/;
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}_]*/u;
const DECORATOR = /^@\s*[\p{L}_][\p{L}\p{N}_.]*/u;
const COMMAND = /^%\w*/;
const CLOSES: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

export function highlightLine(line: string, open: Open): Line {
  const scanner = new Scanner(line, open);
  scanner.scan();
  return { tokens: scanner.tokens, open: scanner.open };
}

class Scanner {
  readonly tokens: Token[] = [];
  readonly open: string[];
  #line: string;
  #at = 0;
  /** The word before, where it says what the next name is. */
  #before = '';

  constructor(line: string, open: Open) {
    this.#line = line;
    this.open = [...open];
  }

  scan(): void {
    while (this.#at < this.#line.length) {
      const inside = this.open.at(-1);
      if (inside !== undefined && isText(inside)) {
        this.#text(inside);
      } else {
        this.#code();
      }
    }
    // Only strings of three quotes, and what is inside them, go on in the next line.
    const broken = this.open.findIndex((item) => isText(item) && item !== ':' && !isTriple(item));
    if (broken >= 0 && !this.#line.endsWith('\\')) {
      this.open.length = broken;
    }
  }

  #text(inside: string): void {
    const start = this.#at;
    const quotes = inside.replace(/^[fr]*/, '');
    const isFormat = inside === ':';
    const hasBraces = isFormat || inside.startsWith('f');
    while (this.#at < this.#line.length) {
      const rest = this.#line.slice(this.#at, this.#at + 3);
      if (isFormat ? rest[0] === '}' : rest.startsWith(quotes)) {
        if (!isFormat) {
          this.#at += quotes.length;
        }
        this.open.pop();
        break;
      }
      if (rest[0] === '\\' && !isFormat) {
        this.#at += 2;
      } else if (hasBraces && (rest.startsWith('{{') || rest.startsWith('}}')) && !isFormat) {
        this.#at += 2;
      } else if (hasBraces && rest[0] === '{') {
        this.#keep(start, this.#at, 'string');
        this.open.push('{');
        this.#at += 1;
        return;
      } else {
        this.#at += 1;
      }
    }
    this.#at = Math.min(this.#at, this.#line.length);
    this.#keep(start, this.#at, 'string');
  }

  #code(): void {
    const rest = this.#line.slice(this.#at);
    const character = rest[0] as string;
    if (character === '#') {
      return this.#token(rest.length, 'comment');
    }
    const string = STRING_START.exec(rest);
    if (string) {
      return this.#string(string[0], string[1] as string, string[2] as string);
    }
    const number = /[\d.]/.test(character) ? NUMBER.exec(rest) : null;
    if (number) {
      return this.#token(number[0].length, 'number');
    }
    const name = NAME.exec(rest);
    if (name) {
      return this.#name(name[0]);
    }
    if (this.#isLineStart()) {
      const whole = DECORATOR.exec(rest) ?? (this.#at === 0 ? COMMAND.exec(rest) : null);
      if (whole) {
        return this.#token(whole[0].length, 'function');
      }
    }
    if (this.open.length > 0) {
      this.#bracket(character);
    }
    if (!/\s/.test(character)) {
      this.#before = character;
    }
    this.#at += 1;
  }

  #string(opening: string, prefix: string, quotes: string): void {
    const flags = (/[ft]/i.test(prefix) ? 'f' : '') + (/r/i.test(prefix) ? 'r' : '');
    this.#keep(this.#at, this.#at + opening.length, 'string');
    this.open.push(flags + quotes);
    this.#at += opening.length;
    this.#before = opening;
  }

  #name(name: string): void {
    const kind = this.#kindOf(name);
    if (kind) {
      this.#keep(this.#at, this.#at + name.length, kind);
    }
    this.#at += name.length;
    this.#before = name;
  }

  #kindOf(name: string): TokenKind | null {
    if (this.#before === 'def') {
      return 'function';
    }
    if (this.#before === 'class') {
      return 'class';
    }
    if (this.#before === '.') {
      return null;
    }
    if (KEYWORDS.has(name)) {
      return 'keyword';
    }
    if (SOFT_KEYWORDS.has(name) && this.#startsSoftStatement(name)) {
      return 'keyword';
    }
    if (CLASSES.has(name) || EXCEPTION.test(name)) {
      return 'class';
    }
    return FUNCTIONS.has(name) ? 'function' : null;
  }

  #startsSoftStatement(name: string): boolean {
    const rest = this.#line.slice(this.#at + name.length);
    if (name === 'type') {
      return this.#isLineStart() && /^\s+\w+\s*(?:=|\[)/.test(rest);
    }
    if (name === 'lazy') {
      return this.#isLineStart() && /^\s+(?:import|from)\s/.test(rest);
    }
    return this.#isLineStart() && /^\s+[^\s=.,)].*:\s*(?:#.*)?$/.test(rest);
  }

  #isLineStart(): boolean {
    return this.#line.slice(0, this.#at).trim() === '';
  }

  /** Inside an f-string's braces: brackets nest, a colon begins the format, `}` leads back to the string. */
  #bracket(character: string): void {
    if ('([{'.includes(character)) {
      this.open.push(character);
    } else if (CLOSES[character] === this.open.at(-1)) {
      this.open.pop();
    } else if (character === ':' && this.open.at(-1) === '{' && isText(this.open.at(-2) ?? '')) {
      this.open.push(':');
    }
  }

  #token(length: number, kind: TokenKind): void {
    this.#keep(this.#at, this.#at + length, kind);
    this.#at += length;
    this.#before = '';
  }

  #keep(start: number, end: number, kind: TokenKind): void {
    if (end > start) {
      this.tokens.push({ start, end, kind });
    }
  }
}

/** Whether what is open holds text and not code. */
function isText(item: string): boolean {
  return item === ':' || item.endsWith('"') || item.endsWith("'");
}

function isTriple(item: string): boolean {
  return item.endsWith('"""') || item.endsWith("'''");
}
