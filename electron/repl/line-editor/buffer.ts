/** A text being edited: its cursor, its changes, and the way back. */

import { EditHistory } from './edit-history.ts';
import { columnOf, lineEnd, lineStart, verticalMove } from './text.ts';

export class TextBuffer {
  #text = '';
  #cursor = 0;
  #editHistory = new EditHistory();
  /** The column that moving up and down holds on to, in cells. */
  #goal: number | null = null;

  get text(): string {
    return this.#text;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get beforeCursor(): string {
    return this.#text.slice(0, this.#cursor);
  }

  get isAtEnd(): boolean {
    return this.#cursor === this.#text.length;
  }

  /** What stands in the cursor's line before the cursor. */
  get lineBeforeCursor(): string {
    return this.#text.slice(lineStart(this.#text, this.#cursor), this.#cursor);
  }

  moveTo(offset: number): void {
    this.#cursor = Math.max(0, Math.min(offset, this.#text.length));
    this.#goal = null;
    this.#editHistory.endGroup();
  }

  /** Move to the line above or below; false where there is none. */
  moveByLine(down: boolean): boolean {
    const goal = this.#goal ?? columnOf(this.#text, this.#cursor);
    const target = verticalMove(this.#text, this.#cursor, down, goal);
    if (target === null) {
      return false;
    }
    this.moveTo(target);
    this.#goal = goal;
    return true;
  }

  /** Replace a stretch of the text, and put the cursor behind what is new. */
  replace(start: number, end: number, text: string, group: string | null = null): void {
    if (start === end && text === '') {
      return;
    }
    this.#editHistory.keep({ text: this.#text, cursor: this.#cursor }, group);
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    this.#cursor = start + text.length;
    this.#goal = null;
  }

  insert(text: string, group: string | null = null): void {
    this.replace(this.#cursor, this.#cursor, text, group);
  }

  /** Put another text in its place; it can be undone. */
  set(text: string, cursor: number = text.length): void {
    this.replace(0, this.#text.length, text);
    this.moveTo(cursor);
  }

  /** Begin with another text, and nothing to undo. */
  reset(text = '', cursor: number = text.length): void {
    this.#text = text;
    this.#cursor = cursor;
    this.#goal = null;
    this.#editHistory = new EditHistory();
  }

  /** Go back a change, or forward again; false where there is none. */
  undo(forward = false): boolean {
    const now = { text: this.#text, cursor: this.#cursor };
    const version = forward ? this.#editHistory.forward(now) : this.#editHistory.back(now);
    if (!version) {
      return false;
    }
    this.#text = version.text;
    this.#cursor = version.cursor;
    this.#goal = null;
    return true;
  }

  get isOnLastLine(): boolean {
    return lineEnd(this.#text, this.#cursor) === this.#text.length;
  }
}
