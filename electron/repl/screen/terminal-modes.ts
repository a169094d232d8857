/** The modes of a terminal that a program has changed: what is to be written so that they are as they were. */

import { EscapeScanner } from '../../supervisor/protocol/escape-scanner.ts';

const SHIFT_OUT = 0x0e;
/** Modes that are off for a prompt: keys in other forms, blinking colours, reports of mouse and focus, updates held back. */
const OFF = [1, 5, 9, 66, 69, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1015, 1016, 2026];
/** A new line where the row is full. */
const WRAP = 7;
const ORIGIN = 6;
const INSERT = '4';
const LINE_FEED = '20';
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: escape sequences are made of them
const CHANGE =
  /\x1b\[(\?)?([\d;]*)([hlr])|\x1b\[([>=<])[\d;]*([um])|\x1b([=>c]|[()*+][ -/]*[0-~]|\[!p| [FG])|[\x0e\x0f]/g;
const CUT = /\x1b[[()*+ ]?[?!>=<]?[\d;]{0,64}$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

export class TerminalModes {
  /** What each change that is not undone is undone with, by a name of its own. */
  readonly #changed = new Map<string, string>();
  readonly #changes = new EscapeScanner(CHANGE, CUT, [SHIFT_OUT]);
  #hasOrigin = false;

  follow(bytes: Buffer): void {
    for (const found of this.#changes.find(bytes)) {
      this.#change(found);
    }
  }

  /** All that is changed, as it was; the cursor stays, or is at the start of the last row. */
  restore(): string {
    const restored = [...this.#changed.values()].join('');
    const origin = this.#hasOrigin ? '\x1b[?6l\x1b[r\x1b[9999;1H\r\n' : '';
    this.#changed.clear();
    this.#hasOrigin = false;
    return origin + restored;
  }

  #change([text, isPrivate, parameters, final, prefix, form, code]: RegExpExecArray): void {
    if (final === 'r') {
      this.#set('region', isPrivate === undefined && /\d/.test(parameters ?? ''), '\x1b7\x1b[r\x1b8');
    } else if (final !== undefined) {
      for (const mode of (parameters ?? '').split(';')) {
        if (isPrivate) {
          this.#setPrivate(Number(mode), final === 'h');
        } else if (mode === INSERT || mode === LINE_FEED) {
          this.#set(mode, final === 'h', `\x1b[${mode}l`);
        }
      }
    } else if (prefix !== undefined) {
      this.#setKeyForm(prefix, form as string);
    } else {
      this.#setByEscape(text, code);
    }
  }

  #setPrivate(mode: number, isOn: boolean): void {
    if (mode === ORIGIN) {
      this.#hasOrigin = isOn;
    } else if (mode === WRAP) {
      this.#set('wrap', !isOn, '\x1b[?7h');
    } else if (OFF.includes(mode)) {
      this.#set(`?${mode}`, isOn, `\x1b[?${mode}l`);
    }
  }

  /** Keys in the forms of kitty (`u`) and of xterm (`m`). */
  #setKeyForm(prefix: string, form: string): void {
    if (form === 'u') {
      this.#set('kitty', true, prefix === '>' ? '\x1b[<99u' : '\x1b[=0u');
    } else if (prefix === '>') {
      this.#set('other keys', true, '\x1b[>4;0m');
    }
  }

  #setByEscape(text: string, code: string | undefined): void {
    if (code === 'c' || code === '[!p') {
      this.#changed.clear();
      this.#hasOrigin = false;
    } else if (code === '=' || code === '>') {
      this.#set('keypad', code === '=', '\x1b>');
    } else if (code === ' G' || code === ' F') {
      this.#set('8 bits', code === ' G', '\x1b F');
    } else if (text === '\x0e' || text === '\x0f') {
      this.#set('shift', text === '\x0e', '\x0f');
    } else if (code && '()*+'.includes(code[0] as string)) {
      const set = code[0] as string;
      this.#set(`set ${set}`, !code.endsWith('B'), `\x1b${set}B`);
    }
  }

  #set(name: string, isChanged: boolean, back: string): void {
    if (isChanged) {
      this.#changed.set(name, back);
    } else {
      this.#changed.delete(name);
    }
  }
}
