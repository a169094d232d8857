/** A question: one line, typed right behind the words that ask. */

import { Editor, type EditorOptions } from '../line-editor/editor.ts';
import type { Key } from '../line-editor/keys.ts';
import type { Display } from './display.ts';

export interface AnswerOptions {
  display: Display;
  killRing: EditorOptions['killRing'];
  /** What was answered before, oldest first. */
  entries: () => readonly string[];
  /** The words that ask. */
  prompt: string;
  /** Whether nobody may see what is typed. */
  hidden: boolean;
  /** Called once, when the line is closed: `null` is end of file. */
  give(text: string | null): void;
  /** Ctrl-C; `null` where it is as good as end of file. */
  cancel: (() => void) | null;
}

export class Answer {
  readonly editor: Editor;
  readonly #options: AnswerOptions;
  #isOver = false;

  constructor(options: AnswerOptions) {
    this.#options = options;
    const { entries, killRing, display, hidden } = options;
    this.editor = new Editor({
      mode: hidden ? 'hidden' : 'answer',
      entries,
      killRing,
      columns: () => display.columns,
    });
    display.openBehind(this.editor);
  }

  press(key: Key): void {
    const { display, prompt, cancel } = this.#options;
    const wish = this.editor.press(key);
    if (wish === 'enter') {
      this.#give(this.editor.buffer.text);
    } else if (wish === 'leave' || (wish === 'cancel' && !cancel)) {
      this.#give(null);
    } else if (wish === 'cancel') {
      cancel?.();
    } else if (wish === 'clear') {
      display.clearScreen(prompt);
    }
  }

  /** Nobody waits for the answer any more. */
  close(): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.editor.closeHints();
    this.#options.display.finish();
  }

  #give(text: string | null): void {
    this.close();
    this.#options.give(text);
  }
}
