/** Questions, of the program and our own: one at a time has the keyboard, which then goes back to whom it was taken from. */

import type { Session, Status } from '../../supervisor/session.ts';
import type { History } from '../history/history.ts';
import type { EditorOptions } from '../line-editor/editor.ts';
import type { Key } from '../line-editor/keys.ts';
import { styled } from '../screen/palette.ts';
import { Answer, type AnswerOptions } from './answer-line.ts';
import type { Display } from './display.ts';
import type { Keyboard, Mode } from './keyboard.ts';

export interface QuestionsOptions {
  session: Session;
  display: Display;
  history: History;
  killRing: EditorOptions['killRing'];
  keyboard: Keyboard;
}

type Asking = Extract<Status, { kind: 'asking' }>;

export class Questions {
  readonly #options: QuestionsOptions;
  #answer: Answer | null = null;
  /** Takes the answer to a question of ours; `null` where the program asks. */
  #own: ((text: string | null) => void) | null = null;
  #before: Mode = 'prompt';

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** The program asks. */
  ask(asking: Asking): void {
    const { keyboard, display } = this.#options;
    this.#own?.(null);
    if (keyboard.mode === 'prompt') {
      display.hide();
    }
    this.#before = keyboard.mode;
    this.#answer = new Answer(this.#programs(asking));
    keyboard.mode = 'asking';
  }

  /** Ask something ourselves, while a command has the turn; resolves with `null` where there is no answer. */
  askUser(question: string): Promise<string | null> {
    const { display, killRing, keyboard } = this.#options;
    const prompt = styled(question, display.palette.dim);
    display.program(Buffer.from(prompt));
    return new Promise((resolve) => {
      const give = (text: string | null) => {
        this.#own = null;
        this.drop();
        keyboard.mode = 'waiting';
        resolve(text);
      };
      this.#own = give;
      this.#answer = new Answer({
        display,
        killRing,
        prompt,
        hidden: false,
        entries: () => [],
        give,
        cancel: null,
      });
      // What was typed before the question was there is no answer to it.
      keyboard.drop();
      keyboard.mode = 'asking';
    });
  }

  press(key: Key): void {
    this.#answer?.press(key);
  }

  /** The program asks no more; a prompt that had to make way is opened by whom it belongs to. */
  end(): void {
    const { keyboard } = this.#options;
    if (!this.#answer || this.#own) {
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
    this.#own?.(null);
  }

  #programs({ question: { id, prompt, hidden }, run }: Asking): AnswerOptions {
    const { session, display, history, killRing } = this.#options;
    return {
      display,
      killRing,
      prompt,
      hidden,
      entries: () => history.answers,
      give: (text) => {
        if (text !== null && !hidden) {
          history.addAnswer(text);
        }
        session.answer(id, text);
      },
      // The question goes away when the run obeys; a thread cannot be interrupted, it hears that nothing comes.
      cancel: run === null ? null : () => session.interrupt(),
    };
  }
}
