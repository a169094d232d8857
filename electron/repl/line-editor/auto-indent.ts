/** The white space with which a new line begins, and code sent as keys, which brings its own. */

import type { TextBuffer } from './buffer.ts';
import type { Key } from './keys.ts';
import { lineStart } from './text.ts';

const INDENTED = /^[ \t]+\S/;

export class AutoIndent {
  /** The text and the cursor while nothing stands on the new line but our white space. */
  #untouched: { text: string; cursor: number } | null = null;
  /** Whether lines of this text have come with white space of their own, as an editor or `tmux send-keys` sends them. */
  #isBrought = false;

  /** Begin with another text. */
  reset(): void {
    this.#untouched = null;
    this.#isBrought = false;
  }

  /** Begin a new line; `ahead` is what has been typed for it already. */
  open(buffer: TextBuffer, indent: string, ahead: string): void {
    this.#isBrought ||= /^[ \t]/.test(ahead);
    if (this.#isBrought && ahead !== '') {
      buffer.insert('\n');
      return;
    }
    buffer.insert(`\n${indent}`);
    this.#untouched = { text: buffer.text, cursor: buffer.cursor };
  }

  /** Make way for a line that brings its own white space. A person's keys come one by one. */
  makeWay(buffer: TextBuffer, key: Key): void {
    const isUntouched = this.#untouched?.text === buffer.text && this.#untouched.cursor === buffer.cursor;
    this.#untouched = null;
    const isPiece = key.name === 'text' && key.text.length > 1;
    if (isUntouched && (INDENTED.test(key.text) || (this.#isBrought && isPiece))) {
      this.#isBrought ||= isPiece;
      buffer.replace(lineStart(buffer.text, buffer.cursor), buffer.cursor, '');
    }
  }

  /** A Tab among such lines is a character, where a line begins. */
  asTyped(buffer: TextBuffer, key: Key, ahead: string): Key {
    const isCharacter = this.#isBrought && ahead !== '' && buffer.lineBeforeCursor.trim() === '';
    return key.name === 'Tab' && isCharacter ? { ...key, name: 'text', text: '\t' } : key;
  }
}
