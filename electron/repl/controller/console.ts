/** The console: a prompt over a session, in a terminal or in what stands for one. */

import { EventEmitter } from 'node:events';
import type { Offer } from '../../contract/checkpoints.ts';
import { background, onFailure, tellFailure } from '../../supervisor/platform/background.ts';
import type { Outcome, Session, Status } from '../../supervisor/session.ts';
import type { Store, Wanted } from '../../supervisor/store/store.ts';
import type { Action } from '../actions/action-context.ts';
import { goTo, redo, undo } from '../actions/moves.ts';
import { rebuild, restore } from '../actions/restore.ts';
import { save } from '../actions/save.ts';
import { begin, commit, rollback } from '../actions/transactions.ts';
import { readScript } from '../commands/source-file.ts';
import type { History } from '../history/history.ts';
import { writeEntry } from '../history/history-entries.ts';
import { bannerLine, startedAgainLine } from '../messages/banner.ts';
import { lackOfNative } from '../messages/native-part-notice.ts';
import type { Screen } from './display.ts';
import type { ShownOptions } from './job-queue.ts';
import { Notices } from './notices.ts';
import { Welcome } from './welcome.ts';
import { type ConsoleParts, wireConsole } from './wiring.ts';

export type { Screen } from './display.ts';

export interface ConsoleOptions {
  session: Session;
  screen: Screen;
  history: History;
  /** The saved sessions; none by default. */
  store?: Store | null;
  /** Those that may be gone on with, offered at the start; none by default. */
  offers?: Promise<Offer[]> | undefined;
  /** Whether the line about Python, folder and help is shown. */
  banner: boolean;
  /** Where the session works; this process's own folder by default. */
  folder?: string;
  /** Lines to say at the start, such as what is wrong with the settings. */
  remarks?: readonly (string | null)[];
  /** The least time between two steps of stopping a run, in milliseconds. */
  step?: number;
  /** A file to run before the first prompt of each Python, as `PYTHONSTARTUP` names one. */
  startup?: string | undefined;
  /** Whether an open transaction is shown elsewhere, and needs no line under the prompt. */
  hasTransactionBanner?: boolean;
}

interface ConsoleEvents {
  /** The user is done; the exit status to hand on. */
  leave: [number];
  /** The user wants the terminal for something else (Ctrl-Z). */
  suspend: [];
}

export function openConsole(options: ConsoleOptions): Console {
  return new Console(options);
}

export class Console extends EventEmitter<ConsoleEvents> {
  readonly #session: Session;
  readonly #options: ConsoleOptions;
  readonly #parts: ConsoleParts;
  readonly #notices = new Notices((text) => this.#say(text));
  readonly #listening = new AbortController();
  readonly #welcome: Welcome;
  /** Settles when the startup file has been run, or at once where there is none. */
  readonly #started: Promise<unknown>;
  /** The restart that goes on; who asks for one meanwhile means the same. */
  #restarting: Promise<void> | null = null;

  constructor(options: ConsoleOptions) {
    super();
    const { session, screen, history } = options;
    this.#options = options;
    this.#session = session;
    this.#parts = wireConsole({
      ...options,
      say: (text) => this.#say(text),
      perform: (action) => background(this.#perform(action), 'doing what a key stands for'),
      restart: () => this.restart(),
      suspend: () => this.#suspend(),
      leave: (status) => this.emit('leave', status),
    });
    this.#welcome = new Welcome({
      session,
      store: options.store ?? null,
      offers: options.offers,
      say: (text) => this.#say(text),
      restore: (id) => background(this.restore({ id }), 'restoring'),
    });
    screen.onDrain(() => session.resume());
    this.#listen();
    session.checkpoints.provide('history', () => Buffer.from(history.session.map(writeEntry).join('')));
    this.#started = this.#runStartup();
    session.whenReady().then(
      () => this.#begin(),
      (error: Error) => this.#failToStart(error),
    );
  }

  /** Keys or pasted text as a terminal sends them. */
  type(data: string): void {
    if (!this.#isClosed) {
      this.#parts.keyboard.push(data);
      this.#parts.inputMode.pump();
    }
  }

  resized(): void {
    const { columns, rows } = this.#options.screen;
    this.#session.resize(columns, rows);
    this.#parts.display.resized();
  }

  /** Draw the line again, after the terminal was used for something else. */
  redraw(): void {
    if (this.#parts.keyboard.mode === 'prompt') {
      this.#parts.prompt.open();
    }
  }

  /** Run code that did not come from the prompt: it is shown there, then run; it waits its turn. */
  run(code: string, options: ShownOptions = {}): Promise<Outcome> {
    const outcome = this.#parts.jobs.addRun(code, options);
    this.#parts.inputMode.pump();
    return outcome;
  }

  // What follows waits its turn, says here what came of it, and resolves with whether it worked.

  undo(steps = 1): Promise<boolean> {
    return this.#perform((context) => undo(context, { steps }));
  }

  redo(steps = 1): Promise<boolean> {
    return this.#perform((context) => redo(context, { steps }));
  }

  goTo(state: number | string): Promise<boolean> {
    return this.#perform((context) => goTo(context, state));
  }

  begin(): Promise<boolean> {
    return this.#perform(begin);
  }

  commit(): Promise<boolean> {
    return this.#perform(commit);
  }

  rollback(): Promise<boolean> {
    return this.#perform(rollback);
  }

  /** Save the session by this name; `null` is the one that it has, or its folder's. */
  save(name: string | null): Promise<boolean> {
    return this.#perform((context) => save(context, { name }));
  }

  /** Bring a checkpoint back in the place of the session. */
  restore(checkpoint: Wanted): Promise<boolean> {
    return this.#perform((context) => restore(context, { checkpoint }));
  }

  rebuild(): Promise<boolean> {
    return this.#perform(rebuild);
  }

  /** Stop the run that goes on. */
  interrupt(): void {
    this.#session.interrupt();
  }

  /** Start Python again, with no names. */
  restart(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = null;
    });
    return this.#restarting;
  }

  async #restart(): Promise<void> {
    this.#parts.inputMode.clear();
    const before = this.#session.state.id;
    try {
      await this.#session.restart();
      this.#parts.inputMode.begin();
      this.#say(startedAgainLine(this.#session, before));
      background(this.#runStartup(), 'running the startup file');
      if (!this.#parts.jobs.isOn) {
        this.#parts.inputMode.openPrompt();
      }
    } catch (error) {
      this.#parts.inputMode.begin();
      this.#failToStart(error as Error);
    }
  }

  #runStartup(): Promise<unknown> {
    const { startup } = this.#options;
    if (!startup) {
      return Promise.resolve();
    }
    const worked = this.#parts.jobs.addAction(async ({ runFile, session }) => {
      const hasWorked = await runFile(startup, readScript(startup));
      session.checkpoints.disregard();
      return hasWorked;
    });
    this.#parts.inputMode.pump();
    return worked;
  }

  /** Take the line away and listen no longer; the session is left as it is. */
  close(): void {
    this.#parts.inputMode.close();
    this.#parts.lastCrash.close();
    this.#parts.saveTracker.close();
    this.#welcome.close();
    this.#listening.abort();
  }

  get #isClosed(): boolean {
    return this.#parts.keyboard.mode === 'closed';
  }

  async #perform(action: Action): Promise<boolean> {
    if (this.#session.status.kind === 'ended') {
      this.#say('· There is no Python; start it again first.');
      return false;
    }
    const worked = this.#parts.jobs.addAction(action);
    this.#parts.inputMode.pump();
    return worked;
  }

  #listen(): void {
    const { signal } = this.#listening;
    const output = (bytes: Buffer) => this.#parts.display.program(bytes);
    const status = (now: Status) => this.#follow(now);
    const states = () => this.#lookAtStates();
    const fault = (error: Error) => tellFailure('in the session', error);
    const endTelling = onFailure((words) => this.#parts.deferredNotices.add(`✕ ${words}`));
    this.#session.on('output', output).on('status', status).on('states', states).on('fault', fault);
    signal.addEventListener('abort', () => {
      endTelling();
      this.#session.off('output', output).off('status', status).off('states', states).off('fault', fault);
    });
  }

  async #begin(): Promise<void> {
    await this.#welcome.arrive();
    if (this.#isClosed) {
      return;
    }
    this.#parts.inputMode.begin();
    const { banner, remarks = [], folder = process.cwd() } = this.#options;
    const { python } = this.#session;
    if (banner && python) {
      this.#say(bannerLine(python, folder));
    }
    for (const line of [...remarks, python && lackOfNative(python)]) {
      if (line) {
        this.#say(`· ${line}`);
      }
    }
    if (this.#session.status.kind === 'ended') {
      this.#parts.inputMode.follow(this.#session.status);
      return;
    }
    if (this.#options.startup) {
      // Offered behind it: what has its turn forgets what the next key was to choose.
      this.#parts.inputMode.openPrompt();
      await this.#started;
      this.#offer();
    } else {
      this.#offer();
      this.#parts.inputMode.openPrompt();
    }
  }

  /** Show what can be gone on with: one key does it, unless something has been typed or is to be run first. */
  #offer(): void {
    const { keyboard, prompt, jobs } = this.#parts;
    const { columns } = this.#options.screen;
    const canChoose = !keyboard.isTypedAhead && jobs.waiting === 0;
    const take = this.#welcome.show({ columns, now: Date.now(), canChoose });
    if (take) {
      prompt.expect(take);
    }
  }

  #failToStart(error: Error): void {
    if (this.#isClosed) {
      return;
    }
    this.#say(`✕ ${error.message}`);
    this.emit('leave', 1);
  }

  #follow(status: Status): void {
    if (this.#isClosed || this.#parts.inputMode.isStarting) {
      return;
    }
    this.#notices.follow(status);
    this.#parts.inputMode.follow(status);
  }

  #lookAtStates(): void {
    if (this.#isClosed || this.#parts.inputMode.isStarting) {
      return;
    }
    this.#notices.look(this.#session);
    if (this.#parts.keyboard.mode === 'prompt') {
      this.#parts.prompt.stand();
    }
  }

  #suspend(): void {
    if (this.listenerCount('suspend') > 0) {
      this.#parts.display.finish();
      this.emit('suspend');
    }
  }

  /** Show lines: what we remark as such, and what was asked for as it is. */
  #say(text: string): void {
    const { display } = this.#parts;
    if (this.#isClosed) {
      return;
    }
    if (/^[·✕]/.test(text)) {
      display.remark(text);
    } else {
      display.say(text);
    }
  }
}
