/** The console while no Python lives: what happened, and the keys that go on. */

import { constants } from 'node:os';
import type { End } from '../../supervisor/session.ts';
import type { Key } from '../line-editor/keys.ts';
import { deathBlock, deathStack, exitStatus } from '../messages/death-notes.ts';
import type { Display } from './display.ts';

const RESTART_KEYS = ['Enter', 'F5'];

export interface EndingOptions {
  end: End;
  display: Display;
  restart(): void;
  leave(status: number): void;
}

export class Ending {
  readonly #options: EndingOptions;

  constructor(options: EndingOptions) {
    this.#options = options;
    const { display, end } = options;
    display.remark(deathBlock(end));
  }

  press(key: Key): void {
    const { end, display, restart, leave } = this.#options;
    if (RESTART_KEYS.includes(key.name)) {
      restart();
    } else if (key.text === 's' && end.stack) {
      display.say(deathStack(end));
    } else if (key.name === 'C-d') {
      leave(exitStatus(end, constants.signals));
    }
  }
}
