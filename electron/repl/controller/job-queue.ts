/** What takes its turn at the prompt, one after the other: typed lines, and code and actions from elsewhere. */

import { background } from '../../supervisor/platform/background.ts';
import type { Outcome, Policy, RunOptions } from '../../supervisor/session.ts';
import { type Action, type ActionContext, perform } from '../actions/action-context.ts';
import { commandIn, runCommand } from '../commands/registry.ts';
import { runNotes } from '../messages/run-notes.ts';
import type { Keyboard } from './keyboard.ts';
import { saveUncopied } from './leaving.ts';
import { LEAVE, type PromptContextOptions, promptContext } from './prompt-context.ts';
import { showRestoreProgress } from './restore-progress.ts';

export interface JobQueueOptions extends PromptContextOptions {
  keyboard: Keyboard;
  /** The turn is over. */
  over(): void;
}

export interface ShownOptions extends RunOptions {
  /** Whether the code is shown at the prompt first; it is by default. */
  show?: boolean;
}

interface Job {
  isShown: boolean;
  perform(): Promise<void>;
}

export class JobQueue {
  /** What becomes of the runs that do not say so themselves. */
  policy: Policy = 'commit_always';
  readonly #options: JobQueueOptions;
  readonly #context: ActionContext;
  #jobs: Job[] = [];
  #isOn = false;
  /** Ends the waiting for what only the user's patience bounds. */
  #giveUp: (() => void) | null = null;

  constructor(options: JobQueueOptions) {
    this.#options = options;
    this.#context = promptContext(options, this);
  }

  /** Whether something has the turn now. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#jobs.length;
  }

  /** Whether the next in turn needs a prompt before it; so does nobody. */
  get wantsPrompt(): boolean {
    return this.#jobs[0]?.isShown ?? true;
  }

  /** Have code run in its turn. */
  addRun(code: string, { show = true, ...options }: ShownOptions): Promise<Outcome> {
    return this.#add(show, () => (show ? this.#showAndRun(code, options) : this.#hideAndRun(code, options)));
  }

  /** Have an action done in its turn; resolves with whether it worked. */
  addAction(action: Action): Promise<boolean> {
    return this.#add(false, async () => {
      this.#options.display.hide();
      return perform(action, this.#context);
    });
  }

  /** Give the turn to the next that waits for it; returns whether there is one. */
  next(): boolean {
    const job = this.#jobs.shift();
    if (job) {
      background(this.#take(job.perform), 'doing what waited its turn');
    }
    return job !== undefined;
  }

  /** Do what was typed. */
  accept(code: string): void {
    const work = this.#take(async () => {
      if (code !== '') {
        this.#options.history.add(code);
      }
      const command = commandIn(code);
      if (command !== null) {
        await runCommand(command, this.#context);
      } else if (code !== '') {
        await this.run(code, {});
      }
    });
    background(work, 'doing what was typed');
  }

  /** End as `exit()` does, so that what the user registered for the end runs. */
  leave(): void {
    const { session, say } = this.#options;
    const work = this.#take(async () => {
      // Whoever does not want to wait for that loses it, as he was told.
      await this.wait(saveUncopied({ session, say }), () => session.interrupt()).catch(() => undefined);
      await this.run(LEAVE, { policy: 'commit_always' });
    });
    background(work, 'leaving');
  }

  /** Run code, while something has the turn, and say what became of it where that is not plain. */
  async run(code: string, given: RunOptions): Promise<Outcome> {
    const { session, keyboard, lastCrash, say } = this.#options;
    const { policy = this.policy } = given;
    const options = { ...given, policy };
    keyboard.beginRun();
    lastCrash.begin({ code, options });
    const outcome = await session.run(code, options);
    if (keyboard.mode === 'running') {
      await keyboard.endRun(outcome.outcome === 'died');
    }
    const words = runNotes(outcome, policy, session);
    if (words !== '') {
      say(words);
    }
    return outcome;
  }

  /** Give the keyboard to the runs that this work does; `again` does it once more. */
  async attend<Result>(again: Action, work: () => Promise<Result>): Promise<Result> {
    const { session, display, keyboard, lastCrash } = this.#options;
    const before = lastCrash.last;
    keyboard.beginRun();
    lastCrash.begin({ again });
    const endLoading = showRestoreProgress(session, display);
    try {
      return await work();
    } finally {
      endLoading();
      if (keyboard.mode === 'running') {
        await keyboard.endRun(lastCrash.last !== before);
      }
    }
  }

  /** Wait for work that nothing bounds but the user's patience: Ctrl-C calls `cancel`, and it is not waited for. */
  wait<Result>(work: Promise<Result>, cancel: () => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#giveUp = () => {
        cancel();
        reject(new Error('It was stopped.'));
      };
      const end = () => {
        this.#giveUp = null;
      };
      work.finally(end).then(resolve, reject);
    });
  }

  /** The user's patience is at its end; returns whether something was waited for. */
  giveUp(): boolean {
    const end = this.#giveUp;
    this.#giveUp = null;
    end?.();
    return end !== null;
  }

  /** Whoever has it done hears what comes of it, or why nothing does. */
  #add<Result>(isShown: boolean, work: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({ isShown, perform: () => work().then(resolve, reject) });
    });
  }

  /** Whatever fails in it, the next has its turn after it. */
  async #take(perform: () => Promise<void>): Promise<void> {
    const { keyboard } = this.#options;
    this.#isOn = true;
    this.#options.prompt().forget();
    keyboard.mode = 'waiting';
    try {
      await perform();
    } finally {
      this.#isOn = false;
      keyboard.leaveRun();
      this.#options.over();
    }
  }

  /** Show the code as if it had been typed, and give back what was being typed. */
  async #showAndRun(code: string, options: RunOptions): Promise<Outcome> {
    const { editor } = this.#options.prompt();
    const { text, cursor } = editor.buffer;
    editor.reset(code.trimEnd());
    this.#options.display.finish();
    editor.reset();
    const outcome = await this.run(code, options);
    editor.reset(text, cursor);
    return outcome;
  }

  #hideAndRun(code: string, options: RunOptions): Promise<Outcome> {
    this.#options.display.hide();
    return this.run(code, options);
  }
}
