/** A real session for a test: run code, read what it printed, wait for conditions, leave nothing behind. */

import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import {
  type Outcome,
  openSession,
  type Question,
  type RunOptions,
  type Session,
  type SessionOptions,
  type Status,
} from '../../electron/supervisor/session.ts';
import type { Interpreter } from './interpreters.ts';
import { processesWith } from './processes.ts';
import { until } from './until.ts';

/** Every process of a session has this variable in its environment: so the test finds all that stay. */
const TAG = 'PYREPL3_TEST';

/** A run that is over. */
export interface Played extends Outcome {
  /** What it printed, with plain newlines. */
  output: string;
}

/** Open a session that is closed, and looked after, when the test ends. */
export function openTrial(python: Interpreter, options: Partial<SessionOptions> = {}): Trial {
  const trial = new Trial(python, options);
  onTestFinished(() => trial.close());
  return trial;
}

export class Trial {
  readonly session: Session;
  readonly faults: Error[] = [];
  readonly #tag = randomUUID();
  readonly #output: Buffer[] = [];
  #isExpectingFaults = false;

  constructor(python: Interpreter, options: Partial<SessionOptions>) {
    const env = { ...process.env, ...options.env, [TAG]: this.#tag };
    this.session = openSession({ python: python.executable, ...options, env });
    this.session.on('output', (bytes) => this.#output.push(Buffer.from(bytes)));
    this.session.on('fault', (error) => this.faults.push(error));
  }

  /** Run code; resolve when it is over and its output complete. */
  async run(code: string, options?: RunOptions): Promise<Played> {
    await this.session.whenReady();
    const from = this.#output.length;
    const outcome = await this.session.run(code, options);
    return { ...outcome, output: plain(Buffer.concat(this.#output.slice(from))) };
  }

  /** Run code that must succeed; return what it printed. */
  async says(code: string, options?: RunOptions): Promise<string> {
    const { outcome, output, end } = await this.run(code, options);
    if (outcome !== 'ok')
      throw new Error(`The run ${outcome} (${end?.words ?? ''} ${end?.stack}): ${output.slice(-2000)}`);
    return output;
  }

  /** All that was printed so far, byte for byte. */
  get bytes(): Buffer {
    return Buffer.concat(this.#output);
  }

  /** All that was printed so far, with plain newlines. */
  get text(): string {
    return plain(this.bytes);
  }

  forget(): void {
    this.#output.length = 0;
  }

  /** Wait until the text has been printed. */
  async shows(text: string): Promise<void> {
    await until(
      () => this.text.includes(text),
      () => `${JSON.stringify(text)} in ${JSON.stringify(this.text)}`,
    );
  }

  async becomes<Kind extends Status['kind']>(kind: Kind): Promise<Extract<Status, { kind: Kind }>> {
    await until(
      () => this.session.status.kind === kind,
      () => `the session to be ${kind}, not ${JSON.stringify(this.session.status)}: ${this.text}`,
    );
    return this.session.status as Extract<Status, { kind: Kind }>;
  }

  /** Wait for `input()` and return its question. */
  async asks(): Promise<Question> {
    return (await this.becomes('asking')).question;
  }

  /** Wait for `input()` and answer it. */
  async answers(text: string | null): Promise<Question> {
    const question = await this.asks();
    this.session.answer(question.id, text);
    return question;
  }

  /** The processes of this session that are alive: those that inherited its environment. */
  processes(): number[] {
    return processesWith(`${TAG}=${this.#tag}`);
  }

  /** The test breaks something of ours on purpose. */
  expectFaults(): void {
    this.#isExpectingFaults = true;
  }

  /** End the session; fail where something of it stays, or where our own side failed. */
  async close(): Promise<void> {
    // What it has left to do is nobody's concern by now.
    await this.session.close(0);
    await until(
      () => this.processes().length === 0,
      () => `the session to leave no process: ${this.processes()}`,
    );
    if (!this.#isExpectingFaults && this.faults.length > 0) {
      throw new Error(`Our own side failed: ${this.faults.map(String).join('\n')}`);
    }
  }
}

function plain(bytes: Buffer): string {
  return bytes.toString().replaceAll('\r\n', '\n');
}
