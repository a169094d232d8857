/** The parts of a console, and who calls whom. */

import { DEFAULTS } from '../../supervisor/platform/settings.ts';
import type { Session } from '../../supervisor/session/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { helpText } from '../commands/help.ts';
import { Losses } from '../commands/last-crash.ts';
import { COMMANDS } from '../commands/registry.ts';
import { Saves } from '../commands/save-tracker.ts';
import type { History } from '../history/history.ts';
import { KillRing } from '../line-editor/kill-ring.ts';
import { lossBlock } from '../messages/death-notes.ts';
import { standing } from '../messages/prompt-status.ts';
import { Remarks } from './deferred-notices.ts';
import { Display, type Screen } from './display.ts';
import { Floor } from './input-mode.ts';
import { Turns } from './job-queue.ts';
import { Keyboard } from './keyboard.ts';
import { Prompt } from './prompt.ts';
import { Questions } from './questions.ts';
import { climb } from './stop-run.ts';

export interface RoomsOptions {
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
  /** Do a `%` command when its turn comes. */
  command(line: string): void;
  restart(): Promise<void>;
  suspend(): void;
  leave(status: number): void;
}

export interface Rooms {
  display: Display;
  keyboard: Keyboard;
  losses: Losses;
  saves: Saves;
  turns: Turns;
  prompt: Prompt;
  floor: Floor;
}

export function openRooms(options: RoomsOptions): Rooms {
  const { session, screen, history, say, store = null, folder = process.cwd() } = options;
  const kills = new KillRing();
  const display = new Display(screen, () => session.pause());
  const losses = new Losses(session, (loss) => display.remark(lossBlock(loss)));
  const keyboard = new Keyboard({
    session,
    step: options.step ?? DEFAULTS.stop.step,
    isBusy: () => floor.isBusy,
    press: (key) => floor.press(key),
    refresh: () => display.refresh(),
    climb: (rung) => {
      if (rung === 'kill') {
        floor.expectKill();
      }
      climb(rung, session, say);
    },
  });
  const remarks = new Remarks(() => ['prompt', 'ended'].includes(keyboard.mode), say);
  const saves = new Saves({
    session,
    remark: (text) => remarks.add(text),
    changed: () => keyboard.mode === 'prompt' && prompt.stand(),
  });
  const questions = new Questions({ session, display, history, kills, keyboard });
  const turns: Turns = new Turns({
    session,
    store,
    folder,
    display,
    history,
    keyboard,
    losses,
    saves,
    questions,
    say,
    remark: (text) => remarks.add(text),
    prompt: () => prompt,
    restart: options.restart,
    over: () => floor.goOn(),
  });
  const prompt: Prompt = new Prompt({
    session,
    store,
    display,
    history,
    kills,
    standing: () =>
      standing(options.hasTransactionBanner ? [] : session.transactions, turns.policy, saves.words),
    accept: (code) => turns.accept(code),
    command: options.command,
    stopSaving: () => saves.cancel(),
    leave: () => {
      display.finish();
      turns.leave();
    },
    help: () => say(helpText(COMMANDS, display.columns)),
    suspend: options.suspend,
    ready: () => floor.pump(),
    isTypedAhead: () => keyboard.isTypedAhead,
  });
  const floor: Floor = new Floor({
    session,
    display,
    keyboard,
    prompt,
    turns,
    questions,
    opening: () => remarks.flush(),
    restart: () => void options.restart(),
    leave: options.leave,
  });
  return { display, keyboard, losses, saves, turns, prompt, floor };
}
