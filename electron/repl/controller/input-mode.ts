/** Who has the floor: the session's status decides between the prompt, the program, its question and the end. */

import { constants } from 'node:os';
import type { End, Session, Status } from '../../supervisor/session.ts';
import type { Key } from '../line-editor/keys.ts';
import { exitStatus } from '../messages/death-notes.ts';
import type { Display } from './display.ts';
import { Ending } from './ending.ts';
import type { JobQueue } from './job-queue.ts';
import type { Keyboard } from './keyboard.ts';
import type { Prompt } from './prompt.ts';
import type { Questions } from './questions.ts';

export interface InputModeOptions {
  session: Session;
  display: Display;
  keyboard: Keyboard;
  prompt: Prompt;
  questions: Questions;
  jobs: JobQueue;
  /** There will be a prompt at once. */
  opening(): void;
  restart(): void;
  leave(status: number): void;
}

const INTERRUPT = '\x03';

export class InputMode {
  readonly #options: InputModeOptions;
  #ending: Ending | null = null;
  /** Python is being started: its status says nothing yet. */
  #isStarting = true;
  /** The user has stopped the run that goes on, and not ended Python. */
  #isKilled = false;
  #hasMoved = false;

  constructor(options: InputModeOptions) {
    this.#options = options;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Whether keys at the prompt must wait: Python is asked something, or the session goes to another state. */
  get isBusy(): boolean {
    const { keyboard, prompt, session } = this.#options;
    const { kind } = session.status;
    return keyboard.mode === 'prompt' && (prompt.isBusy || kind === 'moving' || kind === 'restoring');
  }

  /** Nobody has it until Python is there. */
  clear(): void {
    this.#isStarting = true;
    this.#hideAll();
    this.#options.keyboard.mode = 'waiting';
  }

  /** Python is there, or is known not to come. */
  begin(): void {
    this.#isStarting = false;
  }

  follow(status: Status): void {
    const { keyboard, questions, jobs } = this.#options;
    if (status.kind === 'ended') {
      this.#end(status.end);
      return;
    }
    this.#hasMoved ||= status.kind === 'moving';
    questions.end();
    if (status.kind === 'asking') {
      questions.ask(status);
      this.pump();
    } else if (status.kind === 'idle' && !jobs.isOn && (keyboard.mode !== 'prompt' || this.#hasMoved)) {
      // A thread had asked while nothing ran, or the session is in another state: its prompts may be others.
      this.#options.display.hide();
      this.openPrompt();
    }
  }

  openPrompt(): void {
    const { keyboard, opening, prompt, jobs } = this.#options;
    if (keyboard.mode === 'closed') {
      return;
    }
    this.#hasMoved = false;
    opening();
    keyboard.mode = 'prompt';
    if (jobs.wantsPrompt) {
      prompt.open();
    }
    this.pump();
  }

  /** After a turn: the prompt, unless the session has ended or is being started again. */
  goOn(): void {
    const { keyboard, session } = this.#options;
    this.#isKilled = false;
    if (keyboard.mode === 'waiting' && !this.#isStarting && session.status.kind !== 'ended') {
      this.openPrompt();
    }
  }

  /** Give what waits its turn, and keys to whom they belong. */
  pump(): void {
    const { keyboard, prompt, jobs } = this.#options;
    if (keyboard.mode === 'prompt') {
      // The way out when Python does not answer.
      if (prompt.isBusy && keyboard.holds(INTERRUPT)) {
        prompt.abandon();
      }
      if (!this.isBusy && jobs.next()) {
        return;
      }
    } else if (keyboard.mode === 'waiting' && keyboard.holds(INTERRUPT) && jobs.giveUp()) {
      keyboard.drop();
    }
    keyboard.pump();
  }

  press(key: Key): void {
    const { keyboard, prompt, questions } = this.#options;
    if (keyboard.mode === 'prompt') {
      prompt.press(key);
    } else if (keyboard.mode === 'asking') {
      questions.press(key);
    } else {
      this.#ending?.press(key);
    }
  }

  /** The run that goes on is killed: what ends then is not what the user leaves. */
  expectKill(): void {
    this.#isKilled = true;
  }

  close(): void {
    this.#hideAll();
    this.#options.keyboard.close();
  }

  #end(end: End): void {
    const { display, keyboard, leave, restart } = this.#options;
    this.#hideAll();
    if (end.asked && !this.#isKilled) {
      keyboard.mode = 'waiting';
      leave(exitStatus(end, constants.signals));
      return;
    }
    this.#isKilled = false;
    keyboard.mode = 'ended';
    // What was typed was for a Python that is gone.
    keyboard.drop();
    this.#ending = new Ending({ end, display, restart, leave });
  }

  /** No line is shown any more, neither prompt nor answer. */
  #hideAll(): void {
    const { display, prompt, questions } = this.#options;
    questions.drop();
    prompt.abandon();
    display.hide();
  }
}
