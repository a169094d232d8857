/** A session as an agent has it: one call after the other, each of which comes back in time whatever the code does. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Changes } from '../../contract/messages.ts';
import type { End, Outcome, Policy, Session } from '../../supervisor/session.ts';
import { FollowedRun } from './followed-run.ts';
import type { RunOutput, Shown } from './run-output.ts';
import type { TranscriptFile } from './transcript-file.ts';

/** How long a call waits, and how it is ended before. */
export interface Patience {
  /** In milliseconds. */
  timeout: number;
  /** The client does not want the answer any more: the run is interrupted. */
  signal: AbortSignal;
  /** Is told each second how long the call has waited, in seconds, and what was printed last. */
  progress?: ((seconds: number, line: string) => void) | undefined;
}

/** How a call found or left a run. */
export interface Report {
  outcome: Outcome['outcome'] | 'running' | 'asking';
  run: number | null;
  /** The state that the session is in. */
  state: number;
  seconds: number | null;
  changes: Changes | null;
  kept: boolean;
  failure: Outcome['failure'];
  end: End | null;
  shown: Shown;
  /** What the program asks; `null` where it does not. */
  question: string | null;
  /** What threads have printed between the calls. */
  between: RunOutput | null;
  policy: Policy;
}

/** An interrupt mostly stops a run in this time. */
const STOPPED_MS = 3_000;
const PROGRESS_MS = 1_000;

export class AgentSession {
  readonly name: string;
  readonly session: Session;
  readonly transcript: TranscriptFile;
  #run: FollowedRun | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #remarks: string[] = [];

  constructor(name: string, session: Session, transcript: TranscriptFile) {
    this.name = name;
    this.session = session;
    this.transcript = transcript;
    session.on('output', (bytes) => {
      transcript.output(bytes);
      this.#run?.print(bytes);
    });
    session.on('death', ({ notes }) => this.#remarks.push(...notes));
  }

  /** What is to be said with the next answer, once. */
  remark(...sentences: readonly string[]): void {
    this.#remarks.push(...sentences);
  }

  remarks(): string[] {
    return this.#remarks.splice(0);
  }

  /** Do one thing after those that were asked for before. */
  inTurn<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(() => {
      signal.throwIfAborted();
      return work();
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Run code, and wait for it; throws with words where another run still goes on. */
  async run(code: string, policy: Policy, patience: Patience): Promise<Report> {
    if (this.session.status.kind === 'ended') {
      await this.session.restart();
      this.remark('Python had ended, so this is a new one, without names.');
    }
    this.#refuseBeside();
    const between = this.#run?.between ?? null;
    this.transcript.begin(code);
    const run = new FollowedRun(policy);
    this.#run = run;
    run.follow(this.session.run(code, { style: 'cell', policy }), this.session.status);
    const report = await this.wait(patience);
    return { ...report, between };
  }

  /** Wait for the run that goes on, or tell of the last one again; throws where there was none. */
  async wait({ timeout, signal, progress }: Patience): Promise<Report> {
    const run = this.#run;
    if (!run) {
      throw new Error(`Nothing has been run in the session ${this.name} yet.`);
    }
    const over = new AbortController();
    const begin = performance.now();
    const tell = () => progress?.((performance.now() - begin) / 1000, run.output.lastLine);
    const ticks = setInterval(tell, PROGRESS_MS);
    const stop = () => this.session.interrupt();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const given = aborted(signal, over.signal).then(() => stopped(run));
      const late = wait(timeout, undefined, { signal: over.signal }).catch(() => undefined);
      await Promise.race([run.done, this.#asked(over.signal), late, given]);
    } finally {
      over.abort();
      clearInterval(ticks);
      signal.removeEventListener('abort', stop);
    }
    return this.#report(run);
  }

  /** Answer what the program asks, `null` for the end of the input; or type a line where it reads the terminal itself. */
  answer(text: string | null): void {
    const { status } = this.session;
    if (status.kind === 'asking') {
      this.session.answer(status.question.id, text);
    } else if (status.kind === 'running') {
      this.session.type(text === null ? '\x04' : `${text}\n`);
    } else {
      throw new Error(`No program asks for input in the session ${this.name}; it is ${status.kind}.`);
    }
  }

  /** Stop the run that goes on: by SIGINT, or by the end of its process, after which the state before it is back. */
  async stop(isForced: boolean, patience: Patience): Promise<Report> {
    if (this.isFree) {
      throw new Error(`No run goes on in the session ${this.name}.`);
    }
    if (isForced) {
      this.session.kill();
    } else {
      this.session.interrupt();
    }
    return this.wait(patience);
  }

  /** Whether no run goes on. */
  get isFree(): boolean {
    return this.#run?.outcome !== null || this.#run === null;
  }

  async close(): Promise<void> {
    await this.session.close();
    this.transcript.close();
  }

  #refuseBeside(): void {
    const { status } = this.session;
    if (this.isFree) {
      return;
    }
    const asks = status.kind === 'asking' ? 'asks for input: answer it with input' : 'still goes on: wait';
    const run = this.#run?.number ?? 'before';
    throw new Error(
      `Run ${run} ${asks}, or stop it with interrupt (force keeps the state before it, whatever it does).`,
    );
  }

  /** Resolve when the program asks. */
  #asked(over: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => this.session.status.kind === 'asking' && resolve();
      this.session.on('status', look);
      over.addEventListener('abort', () => this.session.off('status', look), { once: true });
      look();
    });
  }

  #report(run: FollowedRun): Report {
    const { outcome } = run;
    const { status, state } = this.session;
    if (run.number !== null) {
      this.transcript.name(run.number);
    }
    return {
      outcome: outcome?.outcome ?? (status.kind === 'asking' ? 'asking' : 'running'),
      run: run.number,
      state: state.id,
      seconds: outcome ? outcome.seconds : run.seconds,
      changes: outcome?.changes ?? null,
      kept: outcome?.kept ?? false,
      failure: outcome?.failure ?? null,
      end: outcome?.end ?? null,
      shown: run.shown(),
      question: !outcome && status.kind === 'asking' ? status.question.prompt : null,
      between: null,
      policy: run.policy,
    };
  }
}

/** An interrupt mostly ends a run; the client that has gone does not wait for one that goes on. */
async function stopped(run: FollowedRun): Promise<void> {
  await Promise.race([run.done, wait(STOPPED_MS, undefined, { ref: false })]);
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over });
    if (signal.aborted) {
      resolve();
    }
  });
}
