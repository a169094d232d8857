/** The keyboard while a run goes on: keys are the program's, and what it does not read comes back. */

import type { Session } from '../../supervisor/session.ts';
import type { KeyReader } from '../line-editor/keys.ts';
import { bytesOfTyped, TypedDecoder } from '../line-editor/typed-bytes.ts';
import { type EscalationStep, InterruptEscalation } from './interrupt-escalation.ts';

/** How long keys wait for a short run to end or to ask, before they are given to it. */
const SHORT_RUN_MS = 50;
const INTERRUPT = '\x03';

export class RunKeyboard {
  readonly #session: Session;
  readonly #keys: KeyReader;
  readonly #escalation: InterruptEscalation;
  #since = 0;
  #wasTyped = false;

  constructor(session: Session, keys: KeyReader, step: number) {
    this.#session = session;
    this.#keys = keys;
    this.#escalation = new InterruptEscalation(step);
  }

  /** A run begins. */
  begin(): void {
    this.#escalation.reset();
    this.#wasTyped = false;
    this.goOn();
  }

  /** A question was answered, and the run has the keyboard again. */
  goOn(): void {
    this.#since = performance.now();
  }

  /** For how long the keys that wait must wait, in milliseconds; 0 where they are to be given now. */
  get wait(): number {
    const left = SHORT_RUN_MS - (performance.now() - this.#since);
    return this.#keys.peekRaw().includes(INTERRUPT) ? 0 : Math.max(0, left);
  }

  /** Give all keys that wait to the run; return how often Ctrl-C is among them. */
  give(): number {
    const raw = this.#keys.takeRaw();
    this.#wasTyped = true;
    this.#session.type(bytesOfTyped(raw));
    return raw.split(INTERRUPT).length - 1;
  }

  /** What a Ctrl-C does that was given at this time, where the terminal makes an interrupt of it or does not. */
  press(now: number, isInterrupt: boolean): EscalationStep {
    return this.#escalation.press(now, isInterrupt);
  }

  /** After the run: what it was given and did not read waits again. */
  async reclaim(): Promise<void> {
    if (!this.#wasTyped) {
      return;
    }
    try {
      const keys = await this.#session.reclaim();
      // The terminal made line feeds of the Enter keys.
      this.#keys.unshift(new TypedDecoder().decode(keys).replaceAll('\n', '\r'));
    } catch {
      // Python has ended in the meantime, and the keys with it.
    }
  }
}
