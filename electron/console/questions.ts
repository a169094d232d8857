/** The program's questions: one at a time has the keyboard, which then goes back to whom it was taken from. */

import type { Session, Status } from '../supervisor/session.ts';
import { Answer } from './answer.ts';
import type { Display } from './display.ts';
import type { EditorOptions } from './editor.ts';
import type { History } from './history.ts';
import type { Keyboard, Mode } from './keyboard.ts';
import type { Key } from './keys.ts';

export interface QuestionsOptions {
  session: Session;
  display: Display;
  history: History;
  kills: EditorOptions['kills'];
  keyboard: Keyboard;
}

export class Questions {
  readonly #options: QuestionsOptions;
  #answer: Answer | null = null;
  #before: Mode = 'prompt';

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  ask({ question, run }: Extract<Status, { kind: 'asking' }>): void {
    const { keyboard, display } = this.#options;
    if (keyboard.mode === 'prompt') {
      display.hide();
    }
    this.#before = keyboard.mode;
    this.#answer = new Answer({ ...this.#options, question, run });
    keyboard.mode = 'asking';
  }

  press(key: Key): void {
    this.#answer?.press(key);
  }

  /** Nobody asks any more; a prompt that had to make way is opened by whom it belongs to. */
  end(): void {
    const { keyboard } = this.#options;
    if (!this.#answer) {
      return;
    }
    this.drop();
    if (this.#before === 'running') {
      keyboard.resumeRun();
    } else {
      keyboard.mode = 'waiting';
    }
  }

  drop(): void {
    this.#answer?.close();
    this.#answer = null;
  }
}
