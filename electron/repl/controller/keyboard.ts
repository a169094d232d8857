/** Whose the keys are, and those that wait until they belong to someone. */

import { background } from '../../supervisor/platform/background.ts';
import type { Session } from '../../supervisor/session.ts';
import { ESCAPE_WAIT_MS, type Key, KeyReader, REST_WAIT_MS, type Waited } from '../line-editor/keys.ts';
import type { EscalationStep } from './interrupt-escalation.ts';
import { RunKeyboard } from './run-keyboard.ts';

/** `prompt`: keys edit code; `running`: they are the program's; `asking`: they answer; `waiting`: they queue up. */
export type Mode = 'waiting' | 'prompt' | 'running' | 'asking' | 'ended' | 'closed';

export interface KeyboardOptions {
  session: Session;
  /** The least time between two steps of stopping a run, in milliseconds. */
  step: number;
  /** Whether keys must wait, although they have an owner. */
  isBusy(): boolean;
  press(key: Key): void;
  /** All keys that were whole have been pressed; one write shows what they did. */
  refresh(): void;
  climb(step: EscalationStep): void;
}

export class Keyboard {
  readonly #options: KeyboardOptions;
  readonly #keys = new KeyReader();
  readonly #run: RunKeyboard;
  #mode: Mode = 'waiting';
  /** Raised with each change of the mode, so that a reader knows that the keys are no longer his. */
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: KeyboardOptions) {
    this.#options = options;
    this.#run = new RunKeyboard(options.session, this.#keys, options.step);
  }

  get mode(): Mode {
    return this.#mode;
  }

  set mode(mode: Mode) {
    this.#mode = mode;
    this.#turn += 1;
  }

  /** Whether keys wait. */
  get isTypedAhead(): boolean {
    return !this.#keys.isEmpty;
  }

  /** What waits, as the terminal sent it. */
  get typedAhead(): string {
    return this.#keys.peekRaw();
  }

  push(data: string): void {
    this.#keys.push(data);
  }

  /** Whether this character is among the keys that wait. */
  holds(character: string): boolean {
    return this.#keys.peekRaw().includes(character);
  }

  /** What was typed was for someone who is gone. */
  drop(): void {
    this.#keys.takeRaw();
  }

  /** A run begins and has the keyboard. */
  beginRun(): void {
    this.mode = 'running';
    this.#run.begin();
  }

  /** The run has it again, after a question. */
  resumeRun(): void {
    this.mode = 'running';
    this.#run.goOn();
  }

  /** The run is over: what it was given and did not read waits again; what was typed at one that died is dropped. */
  async endRun(hasDied: boolean): Promise<void> {
    this.mode = 'waiting';
    if (hasDied) {
      this.drop();
    } else {
      await this.#run.reclaim();
    }
  }

  /** Whatever has become of the run, it has the keyboard no longer. */
  leaveRun(): void {
    if (this.mode === 'running') {
      this.mode = 'waiting';
    }
  }

  /** Give the keys that wait to whom they belong now. */
  pump(waited: Waited = 'not'): void {
    clearTimeout(this.#timer);
    if (this.#mode === 'running') {
      this.#forward();
    } else if (this.#mode === 'prompt' || this.#mode === 'asking' || this.#mode === 'ended') {
      this.#pressAll(waited);
    }
  }

  close(): void {
    this.mode = 'closed';
    clearTimeout(this.#timer);
  }

  /** Press all keys that are whole while they are for the same reader. */
  #pressAll(waited: Waited): void {
    const { isBusy, press, refresh } = this.#options;
    const turn = this.#turn;
    const isMine = () => this.#turn === turn && !isBusy();
    const next = () => (isMine() ? this.#keys.next(waited) : null);
    for (let key = next(); key; key = next()) {
      press(key);
    }
    if (!isMine()) {
      if (this.#turn !== turn) {
        this.pump();
      }
      return;
    }
    refresh();
    if (!this.#keys.isEmpty) {
      const isBrief = waited === 'not';
      this.#timer = setTimeout(
        () => this.pump(isBrief ? 'briefly' : 'long'),
        isBrief ? ESCAPE_WAIT_MS : REST_WAIT_MS,
      );
    }
  }

  /** The keyboard belongs to the run. */
  #forward(): void {
    if (this.#keys.isEmpty) {
      return;
    }
    const { wait } = this.#run;
    if (wait > 0) {
      this.#timer = setTimeout(() => this.pump(), wait);
      return;
    }
    const presses = this.#run.give();
    if (presses > 0) {
      background(this.#escalate(presses), 'stopping a run');
    }
  }

  /** Climb as often as Ctrl-C was pressed, unless the keyboard has become someone else's meanwhile. */
  async #escalate(presses: number): Promise<void> {
    const [now, turn] = [performance.now(), this.#turn];
    const { session, climb } = this.#options;
    const isInterrupt = await session.makesInterrupts();
    for (let press = 0; press < presses && this.#turn === turn; press += 1) {
      climb(this.#run.press(now, isInterrupt));
    }
  }
}
