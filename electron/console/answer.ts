/** A question of the program: one line, typed right behind the words that it printed. */

import type { Question, Session } from '../supervisor/session.ts';
import type { Display } from './display.ts';
import { Editor, type EditorOptions } from './editor.ts';
import type { History } from './history.ts';
import type { Key } from './keys.ts';

export interface AnswerOptions {
  session: Session;
  display: Display;
  history: History;
  kills: EditorOptions['kills'];
  question: Question;
  /** The run that asks; `null` where a thread does while nothing runs. */
  run: number | null;
}

export class Answer {
  readonly editor: Editor;
  readonly #options: AnswerOptions;
  #isOver = false;

  constructor(options: AnswerOptions) {
    this.#options = options;
    const { history, kills, display, question } = options;
    this.editor = new Editor({
      mode: question.hidden ? 'hidden' : 'answer',
      entries: () => history.answers,
      kills,
      columns: () => display.columns,
    });
    display.openBehind(this.editor);
  }

  press(key: Key): void {
    const { display, question } = this.#options;
    const wish = this.editor.press(key);
    if (wish === 'enter') {
      this.#give(this.editor.buffer.text);
    } else if (wish === 'leave') {
      this.#give(null);
    } else if (wish === 'cancel') {
      this.#cancel();
    } else if (wish === 'clear') {
      display.clearScreen(question.prompt);
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

  /** The question goes away when the run obeys; a thread cannot be interrupted, it hears that nothing comes. */
  #cancel(): void {
    if (this.#options.run === null) {
      this.#give(null);
    } else {
      this.#options.session.interrupt();
    }
  }

  #give(text: string | null): void {
    const { session, history, question } = this.#options;
    this.close();
    if (text !== null && !question.hidden) {
      history.addAnswer(text);
    }
    session.answer(question.id, text);
  }
}
