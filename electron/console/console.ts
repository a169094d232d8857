/** The console: a prompt over a session, in a terminal or in what stands for one. */

import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { End, Outcome, RunOptions, Session, Status } from '../supervisor/session.ts';
import { Answer } from './answer.ts';
import { bannerLine, pythonName } from './banner.ts';
import { COMMANDS, type Place, runCommand } from './commands.ts';
import { exitStatus } from './death.ts';
import { Display, type Screen } from './display.ts';
import { Ending } from './ending.ts';
import { helpText } from './help.ts';
import type { History } from './history.ts';
import { ESCAPE_WAIT_MS, type Key, KeyReader } from './keys.ts';
import { KillRing } from './kills.ts';
import type { Rung } from './ladder.ts';
import { styled } from './palette.ts';
import { Prompt } from './prompt.ts';
import { RunKeyboard } from './run-keyboard.ts';
import { asFile } from './script.ts';

export type { Screen } from './display.ts';

export interface ConsoleOptions {
  session: Session;
  screen: Screen;
  history: History;
  /** Whether the line about Python, folder and help is shown. */
  banner: boolean;
  /** Where the session works, for that line; this process's own folder by default. */
  folder?: string;
}

interface ConsoleEvents {
  /** The user is done; the exit status to hand on. */
  leave: [number];
  /** The user wants the terminal for something else (Ctrl-Z). */
  suspend: [];
}

/** `prompt`: keys edit code; `running`: they are the program's; `asking`: they answer; `waiting`: they queue up. */
type Mode = 'waiting' | 'prompt' | 'running' | 'asking' | 'ended' | 'closed';

interface Job {
  code: string;
  options: RunOptions & { show?: boolean };
  resolve: (outcome: Outcome) => void;
}

const INTERRUPT = '\x03';
const KILL_WARNING = '· still running: Ctrl-C again kills Python, its memory is lost';

export function openConsole(options: ConsoleOptions): Console {
  return new Console(options);
}

export class Console extends EventEmitter<ConsoleEvents> {
  readonly #session: Session;
  readonly #history: History;
  readonly #options: ConsoleOptions;
  readonly #display: Display;
  readonly #keys = new KeyReader();
  readonly #kills = new KillRing();
  readonly #runKeyboard: RunKeyboard;
  readonly #prompt: Prompt;
  readonly #listening = new AbortController();
  #mode: Mode = 'waiting';
  #answer: Answer | null = null;
  #ending: Ending | null = null;
  #jobs: Job[] = [];
  #isRestarting = false;
  #isKilled = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ConsoleOptions) {
    super();
    const { session, screen, history } = options;
    this.#options = options;
    this.#session = session;
    this.#history = history;
    this.#runKeyboard = new RunKeyboard(session, this.#keys);
    this.#display = new Display(screen, () => session.pause());
    screen.onDrain(() => session.resume());
    this.#prompt = new Prompt({
      session,
      display: this.#display,
      history,
      kills: this.#kills,
      accept: (code) => void this.#accept(code),
      leave: () => void this.#leave(),
      help: () => this.#say(helpText(COMMANDS)),
      suspend: () => this.#suspend(),
      ready: () => this.#pump(),
    });
    this.#listen();
    session.whenReady().then(
      () => this.#begin(),
      (error: Error) => this.#failToStart(error),
    );
  }

  /** Keys or pasted text as a terminal sends them. */
  type(data: string): void {
    if (this.#mode === 'closed') {
      return;
    }
    this.#keys.push(data);
    this.#pump();
  }

  resized(): void {
    const { columns, rows } = this.#options.screen;
    this.#session.resize(columns, rows);
    this.#display.resized();
  }

  /** Draw the line again, after the terminal was used for something else. */
  redraw(): void {
    if (this.#mode === 'prompt') {
      this.#prompt.open();
    }
  }

  /**
   * Run code that did not come from the prompt: it is shown there, then run; it waits its turn.
   * `show: false` runs it without showing it.
   */
  run(code: string, options: RunOptions & { show?: boolean } = {}): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#jobs.push({ code, options, resolve });
      this.#pump();
    });
  }

  /** Stop the run that goes on. */
  interrupt(): void {
    this.#session.interrupt();
  }

  /** Start Python again, with no names. */
  async restart(): Promise<void> {
    this.#isRestarting = true;
    this.#hideAll();
    this.#mode = 'waiting';
    try {
      await this.#session.restart();
      this.#isRestarting = false;
      const { python } = this.#session;
      if (python) {
        this.#say(`· ${pythonName(python)} started again, with no names`);
      }
      this.#openPrompt();
    } catch (error) {
      this.#isRestarting = false;
      this.#failToStart(error as Error);
    }
  }

  /** Take the line away and listen no longer; the session is left as it is. */
  close(): void {
    this.#hideAll();
    this.#mode = 'closed';
    this.#listening.abort();
    clearTimeout(this.#timer);
  }

  #listen(): void {
    const { signal } = this.#listening;
    const output = (bytes: Buffer) => this.#display.program(bytes);
    const status = (now: Status) => this.#follow(now);
    const fault = (error: Error) => this.#say(`· PyREPL3 failed in a part of itself: ${error.message}`);
    this.#session.on('output', output).on('status', status).on('fault', fault);
    signal.addEventListener('abort', () => {
      this.#session.off('output', output).off('status', status).off('fault', fault);
    });
  }

  #begin(): void {
    if (this.#mode === 'closed') {
      return;
    }
    const { banner, folder = process.cwd() } = this.#options;
    const { python } = this.#session;
    if (banner && python) {
      this.#say(bannerLine(python, folder));
    }
    this.#openPrompt();
  }

  #failToStart(error: Error): void {
    if (this.#mode === 'closed') {
      return;
    }
    this.#say(`✕ ${error.message}`);
    this.emit('leave', 1);
  }

  /** The session's status decides whose the keyboard is. */
  #follow(status: Status): void {
    if (this.#mode === 'closed' || this.#isRestarting) {
      return;
    }
    if (status.kind === 'ended') {
      this.#ended(status.end);
      return;
    }
    const mode: Mode = this.#mode;
    if (mode === 'asking') {
      this.#answer?.close();
      this.#answer = null;
      this.#mode = 'running';
      this.#runKeyboard.goOn();
    }
    if (status.kind === 'asking') {
      if (mode === 'prompt') {
        this.#display.hide();
      }
      const { display, session, history, kills } = this.#parts();
      this.#answer = new Answer({
        session,
        display,
        history,
        kills,
        question: status.question,
        run: status.run,
      });
      this.#mode = 'asking';
      this.#pump();
    } else if (status.kind === 'idle' && mode === 'asking') {
      // A thread asked while nothing was running.
      this.#openPrompt();
    }
  }

  #parts() {
    return { display: this.#display, session: this.#session, history: this.#history, kills: this.#kills };
  }

  #openPrompt(): void {
    if (this.#mode === 'closed') {
      return;
    }
    this.#mode = 'prompt';
    // Code that is not shown needs no prompt before it.
    if (this.#jobs[0]?.options.show !== false) {
      this.#prompt.open();
    }
    this.#pump();
  }

  /** Give waiting keys and jobs to whom they belong now. */
  #pump(isFinal = false): void {
    clearTimeout(this.#timer);
    if (this.#mode === 'running') {
      this.#forward();
    } else if (this.#mode === 'ended') {
      this.#pressAll(isFinal, (key) => this.#ending?.press(key));
    } else if (this.#mode === 'asking') {
      this.#pressAll(isFinal, (key) => this.#answer?.press(key));
    } else if (this.#mode === 'prompt') {
      this.#pumpPrompt(isFinal);
    }
  }

  #pumpPrompt(isFinal: boolean): void {
    // The way out when Python does not answer.
    if (this.#prompt.isBusy && this.#keys.peekRaw().includes(INTERRUPT)) {
      this.#prompt.abandon();
    }
    if (this.#prompt.isBusy) {
      return;
    }
    const job = this.#jobs.shift();
    if (job) {
      void this.#runJob(job);
    } else {
      this.#pressAll(isFinal, (key) => this.#prompt.press(key));
    }
  }

  /** Press all keys that are complete while they are for the same reader; one write shows them all. */
  #pressAll(isFinal: boolean, press: (key: Key) => void): void {
    const mode: Mode = this.#mode;
    const answer = this.#answer;
    const isMine = () => this.#mode === mode && this.#answer === answer && !this.#prompt.isBusy;
    for (let key = this.#keys.next(isFinal); key; key = isMine() ? this.#keys.next(isFinal) : null) {
      press(key);
    }
    if (!isMine()) {
      if (this.#mode !== mode) {
        this.#pump();
      }
      return;
    }
    this.#display.refresh();
    if (!this.#keys.isEmpty) {
      this.#timer = setTimeout(() => this.#pump(true), ESCAPE_WAIT_MS);
    }
  }

  /** The keyboard belongs to the run. */
  #forward(): void {
    if (this.#keys.isEmpty) {
      return;
    }
    const { wait } = this.#runKeyboard;
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#pump(), wait);
      return;
    }
    for (const rung of this.#runKeyboard.give()) {
      this.#climb(rung);
    }
  }

  #climb(rung: Rung): void {
    if (rung === 'interrupt' || rung === 'warn') {
      this.#session.interrupt();
    }
    if (rung === 'warn') {
      this.#say(KILL_WARNING);
    }
    if (rung === 'kill') {
      this.#isKilled = true;
      this.#session.kill();
    }
  }

  #suspend(): void {
    if (this.listenerCount('suspend') === 0) {
      return;
    }
    this.#display.finish();
    this.emit('suspend');
  }

  async #accept(code: string): Promise<void> {
    this.#mode = 'waiting';
    if (code !== '') {
      this.#history.add(code);
    }
    if (code.startsWith('%')) {
      await runCommand(code, this.#place());
    } else if (code !== '') {
      await this.#run(code, {});
    }
    this.#goOn();
  }

  async #runJob({ code, options, resolve }: Job): Promise<void> {
    const { show = true, ...runOptions } = options;
    const { buffer } = this.#prompt.editor;
    const draft = { text: buffer.text, cursor: buffer.cursor };
    if (show) {
      this.#prompt.editor.reset(code.trimEnd());
      this.#display.finish();
    } else {
      this.#display.hide();
    }
    this.#prompt.editor.reset();
    const outcome = await this.#run(code, runOptions);
    this.#prompt.editor.reset(draft.text, draft.cursor);
    resolve(outcome);
    this.#goOn();
  }

  /** Run code; what was typed and not read comes back into the queue. */
  async #run(code: string, options: RunOptions): Promise<Outcome> {
    this.#mode = 'running';
    this.#runKeyboard.begin();
    const outcome = await this.#session.run(code, options);
    if (this.#mode === 'running') {
      this.#mode = 'waiting';
      await this.#runKeyboard.reclaim();
    }
    return outcome;
  }

  /** After a run or a command: the prompt, unless the session has ended or is being started again. */
  #goOn(): void {
    if (this.#mode === 'waiting' && !this.#isRestarting && this.#session.status.kind !== 'ended') {
      this.#openPrompt();
    }
  }

  #place(): Place {
    return {
      session: this.#session,
      entries: this.#history.entries,
      say: (text) => this.#say(text),
      refuse: (words) => this.#say(`· ${words}`),
      clearScreen: () => this.#display.clearScreen(),
      restart: () => this.restart(),
      runFile: async (file, code) => (await this.#run(asFile(code), { file })).outcome === 'ok',
    };
  }

  /** End as `exit()` does, so that what the user registered for the end runs. */
  async #leave(): Promise<void> {
    this.#display.finish();
    await this.#run('raise SystemExit', {});
  }

  #ended(end: End): void {
    this.#hideAll();
    if (end.asked && !this.#isKilled) {
      this.#mode = 'waiting';
      this.emit('leave', exitStatus(end, constants.signals));
      return;
    }
    this.#isKilled = false;
    this.#mode = 'ended';
    // What was typed was for a Python that is gone.
    this.#keys.takeRaw();
    this.#ending = new Ending({
      end,
      display: this.#display,
      restart: () => void this.restart(),
      leave: (status) => this.emit('leave', status),
    });
  }

  /** No line is shown any more, neither prompt nor answer. */
  #hideAll(): void {
    this.#answer?.close();
    this.#answer = null;
    this.#prompt.abandon();
    this.#display.hide();
  }

  /** Lines of ours are dim; what was asked for is not. */
  #say(text: string): void {
    const { dim, failed } = this.#display.palette;
    const style = text.startsWith('·') ? dim : text.startsWith('✕') ? failed : '';
    this.#display.say(styled(text, style));
  }
}
