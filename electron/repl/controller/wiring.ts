/** The parts of a console, and who calls whom. */

import { background } from '../../supervisor/platform/background.ts';
import { DEFAULTS } from '../../supervisor/platform/settings.ts';
import type { Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { Action } from '../actions/action-context.ts';
import { LastCrash } from '../actions/last-crash.ts';
import { redo, undo } from '../actions/moves.ts';
import { SaveTracker } from '../actions/save-tracker.ts';
import { helpText } from '../commands/help.ts';
import { COMMANDS } from '../commands/registry.ts';
import type { History } from '../history/history.ts';
import { KillRing } from '../line-editor/kill-ring.ts';
import { lossBlock } from '../messages/death-notes.ts';
import { promptStatus } from '../messages/prompt-status.ts';
import { DeferredNotices } from './deferred-notices.ts';
import { Display, type Screen } from './display.ts';
import { InputMode } from './input-mode.ts';
import { JobQueue } from './job-queue.ts';
import { Keyboard } from './keyboard.ts';
import { Prompt } from './prompt.ts';
import { Questions } from './questions.ts';
import { takeStep } from './stop-run.ts';

export interface WiringOptions {
  session: Session;
  screen: Screen;
  history: History;
  /** The saved sessions; none by default. */
  store?: Store | null;
  /** Where the session works; this process's own folder by default. */
  folder?: string;
  /** The least time between two steps of stopping a run, in milliseconds. */
  step?: number;
  /** Whether an open transaction is shown elsewhere, and needs no line under the prompt. */
  hasTransactionBanner?: boolean;
  /** Show lines, those of ours dim. */
  say(text: string): void;
  /** Do something when its turn comes. */
  perform(action: Action): void;
  restart(): Promise<void>;
  suspend(): void;
  leave(status: number): void;
}

export interface ConsoleParts {
  display: Display;
  keyboard: Keyboard;
  lastCrash: LastCrash;
  saveTracker: SaveTracker;
  deferredNotices: DeferredNotices;
  jobs: JobQueue;
  prompt: Prompt;
  inputMode: InputMode;
}

export function wireConsole(options: WiringOptions): ConsoleParts {
  const { session, screen, history, say, store = null, folder = process.cwd() } = options;
  const killRing = new KillRing();
  const display = new Display(screen, () => session.pause());
  const lastCrash = new LastCrash(session, (crash) => display.remark(lossBlock(crash)));
  const keyboard = new Keyboard({
    session,
    step: options.step ?? DEFAULTS.stop.step,
    isBusy: () => inputMode.isBusy,
    press: (key) => inputMode.press(key),
    refresh: () => display.refresh(),
    climb: (step) => {
      if (step === 'kill') {
        inputMode.expectKill();
      }
      takeStep(step, session, say);
    },
  });
  const deferredNotices = new DeferredNotices(() => ['prompt', 'ended'].includes(keyboard.mode), say);
  const saveTracker = new SaveTracker({
    session,
    remark: (text) => deferredNotices.add(text),
    changed: () => keyboard.mode === 'prompt' && prompt.stand(),
  });
  const questions = new Questions({ session, display, history, killRing, keyboard });
  const jobs: JobQueue = new JobQueue({
    session,
    store,
    folder,
    display,
    history,
    keyboard,
    lastCrash,
    saveTracker,
    questions,
    say,
    remark: (text) => deferredNotices.add(text),
    prompt: () => prompt,
    restart: options.restart,
    over: () => inputMode.goOn(),
  });
  const prompt: Prompt = new Prompt({
    session,
    store,
    display,
    history,
    killRing,
    standing: () =>
      promptStatus(options.hasTransactionBanner ? [] : session.transactions, jobs.policy, saveTracker.words),
    accept: (code) => jobs.accept(code),
    undoRun: () => options.perform(undo),
    redoRun: () => options.perform(redo),
    stopSaving: () => saveTracker.cancel(),
    leave: () => {
      display.finish();
      jobs.leave();
    },
    help: () => say(helpText(COMMANDS, display.columns)),
    suspend: options.suspend,
    ready: () => inputMode.pump(),
    typedAhead: () => keyboard.typedAhead,
  });
  const inputMode: InputMode = new InputMode({
    session,
    display,
    keyboard,
    prompt,
    jobs,
    questions,
    opening: () => deferredNotices.flush(),
    restart: () => background(options.restart(), 'restarting Python'),
    leave: options.leave,
  });
  return { display, keyboard, lastCrash, saveTracker, deferredNotices, jobs, prompt, inputMode };
}
