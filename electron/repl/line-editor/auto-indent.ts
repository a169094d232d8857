/** The white space with which a new line begins, and code sent as keys, which brings its own. */

import type { TextBuffer } from './buffer.ts';
import type { Key } from './keys.ts';
import { lineStart } from './text.ts';

const WHITE = /^[ \t]/;
const INDENTED = /^[ \t]+\S/;

export class AutoIndent {
  /** The text and the cursor while nothing stands on the new line but our white space. */
  #untouched: { text: string; cursor: number } | null = null;
  /**
   * Where the white space of this text is from: `brought` by lines that came at once, as an editor or `tmux send-keys` sends
   * them, or ours, to which keys that came one by one have `added` theirs. The first such line decides for all, so that
   * they nest in one way.
   */
  #origin: 'ours' | 'brought' | 'added' = 'ours';

  /** Begin with another text. */
  reset(): void {
    this.#untouched = null;
    this.#origin = 'ours';
  }

  /** Begin a new line; `ahead` is what has been typed for it already. */
  open(buffer: TextBuffer, indent: string, ahead: string): void {
    if (WHITE.test(ahead)) {
      this.#decide('brought');
    }
    if (this.#origin === 'brought' && ahead !== '') {
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
    if (!isUntouched || key.name !== 'text') {
      return;
    }
    const isWhite = WHITE.test(key.text);
    if (isWhite) {
      this.#decide(INDENTED.test(key.text) ? 'brought' : 'added');
    }
    if (this.#origin === 'brought' && (isWhite || key.text.length > 1)) {
      buffer.replace(lineStart(buffer.text, buffer.cursor), buffer.cursor, '');
    }
  }

  /** A Tab among such lines is a character, where a line begins. */
  asTyped(buffer: TextBuffer, key: Key, ahead: string): Key {
    const isCharacter = this.#origin === 'brought' && ahead !== '' && buffer.lineBeforeCursor.trim() === '';
    return key.name === 'Tab' && isCharacter ? { ...key, name: 'text', text: '\t' } : key;
  }

  #decide(origin: 'brought' | 'added'): void {
    if (this.#origin === 'ours') {
      this.#origin = origin;
    }
  }
}
