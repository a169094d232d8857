/** What takes its turn at the prompt, one after the other: typed lines, and code and commands from elsewhere. */

import type { Outcome, Policy, RunOptions, Session } from '../supervisor/session.ts';
import { aftermath } from './aftermath.ts';
import { runCommand } from './commands.ts';
import type { Display } from './display.ts';
import type { History } from './history.ts';
import type { Keyboard } from './keyboard.ts';
import type { Losses } from './losses.ts';
import type { Place } from './place.ts';
import type { Prompt } from './prompt.ts';
import { asFile } from './script.ts';

export interface TurnsOptions {
  session: Session;
  display: Display;
  history: History;
  keyboard: Keyboard;
  prompt: () => Prompt;
  losses: Losses;
  /** Show lines, those of ours dim. */
  say(text: string): void;
  restart(): Promise<void>;
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

export class Turns {
  /** What becomes of the runs that do not say so themselves. */
  policy: Policy = 'commit_always';
  readonly #options: TurnsOptions;
  readonly #place: Place;
  #jobs: Job[] = [];
  #isOn = false;

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#place = this.#openPlace();
  }

  /** Whether something has the turn now. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Whether the next in turn needs a prompt before it; so does nobody. */
  get wantsPrompt(): boolean {
    return this.#jobs[0]?.isShown ?? true;
  }

  /** Have code run in its turn. */
  addRun(code: string, { show = true, ...options }: ShownOptions): Promise<Outcome> {
    return new Promise((resolve) => {
      const perform = async () =>
        resolve(await (show ? this.#showAndRun(code, options) : this.#hideAndRun(code, options)));
      this.#jobs.push({ isShown: show, perform });
    });
  }

  /** Have a command done in its turn; resolves with whether it worked. */
  addCommand(line: string): Promise<boolean> {
    return new Promise((resolve) => {
      const perform = async () => {
        this.#options.display.hide();
        resolve(await runCommand(line, this.#place));
      };
      this.#jobs.push({ isShown: false, perform });
    });
  }

  /** Give the turn to the next that waits for it; returns whether there is one. */
  next(): boolean {
    const job = this.#jobs.shift();
    if (job) {
      void this.#take(() => job.perform());
    }
    return job !== undefined;
  }

  /** Do what was typed. */
  accept(code: string): void {
    void this.#take(async () => {
      if (code !== '') {
        this.#options.history.add(code);
      }
      if (code.startsWith('%')) {
        await runCommand(code, this.#place);
      } else if (code !== '') {
        await this.#run(code, {});
      }
    });
  }

  /** End as `exit()` does, so that what the user registered for the end runs. */
  leave(): void {
    void this.#take(async () => {
      await this.#run('raise SystemExit', { policy: 'commit_always' });
    });
  }

  async #take(perform: () => Promise<void>): Promise<void> {
    this.#isOn = true;
    this.#options.keyboard.mode = 'waiting';
    await perform();
    this.#isOn = false;
    this.#options.over();
  }

  /** Show the code as if it had been typed, and give back what was being typed. */
  async #showAndRun(code: string, options: RunOptions): Promise<Outcome> {
    const { editor } = this.#options.prompt();
    const { text, cursor } = editor.buffer;
    editor.reset(code.trimEnd());
    this.#options.display.finish();
    editor.reset();
    const outcome = await this.#run(code, options);
    editor.reset(text, cursor);
    return outcome;
  }

  #hideAndRun(code: string, options: RunOptions): Promise<Outcome> {
    this.#options.display.hide();
    return this.#run(code, options);
  }

  /** Run code, and say what became of it where that is not plain. */
  async #run(code: string, given: RunOptions): Promise<Outcome> {
    const { session, keyboard, losses, say } = this.#options;
    const { policy = this.policy } = given;
    const options = { ...given, policy };
    keyboard.beginRun();
    losses.begin(code, options);
    const outcome = await session.run(code, options);
    if (keyboard.mode === 'running') {
      await keyboard.endRun(outcome.outcome === 'died');
    }
    const words = aftermath(outcome, policy, session);
    if (words !== '') {
      say(words);
    }
    return outcome;
  }

  #openPlace(): Place {
    const turns = this;
    const { session, display, history, losses, say, restart } = this.#options;
    return {
      session,
      palette: display.palette,
      get entries() {
        return history.entries;
      },
      get columns() {
        return display.columns;
      },
      get loss() {
        return losses.last;
      },
      get policy() {
        return turns.policy;
      },
      set policy(policy) {
        turns.policy = policy;
      },
      say,
      note: (words) => say(`· ${words}`),
      warn: (words) => say(`· ${words}`),
      clearScreen: () => display.clearScreen(),
      restart,
      run: (code, options) => this.#run(code, options),
      runFile: async (file, code) => (await this.#run(asFile(code), { file })).outcome === 'ok',
    };
  }
}
