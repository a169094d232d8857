/** Opens a Python as the window wants it: a session, and a console over it. */

import path from 'node:path';
import { type Console, openConsole, type Screen } from '../../repl/controller/console.ts';
import { type Preferences, retentionBy } from '../../repl/controller/preferences.ts';
import { openHistory } from '../../repl/history/history.ts';
import { homeFolder } from '../../supervisor/platform/home.ts';
import { passedOver } from '../../supervisor/platform/interpreter.ts';
import { newTranscript } from '../../supervisor/runs/transcripts.ts';
import { openSession, type Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';

export interface OpeningOptions {
  /** The interpreter's executable. */
  python: string;
  folder: string;
  screen: Screen;
  preferences: Preferences;
  /** Where the session is saved. */
  store: Store;
}

export function openWindowSession(options: OpeningOptions): Session {
  const { python, folder, screen, preferences, store } = options;
  const { columns, rows } = screen;
  return openSession({
    python,
    cwd: folder,
    env: windowEnvironment(process.env),
    columns,
    rows,
    transcript: newTranscript(preferences.settings),
    states: retentionBy(preferences.settings),
    checkpoints: { store, automatic: preferences.settings.checkpoints.automatic },
  });
}

export function openWindowConsole(
  session: Session,
  { python, folder, screen, preferences, store }: OpeningOptions,
): Console {
  return openConsole({
    session,
    screen,
    store,
    history: openHistory(path.join(homeFolder(), 'history.jsonl'), preferences.settings.history.entries),
    banner: true,
    folder,
    remarks: [preferences.complaint, passedOver(python)],
    startup: process.env.PYTHONSTARTUP,
    step: preferences.settings.stop.step,
    hasTransactionBanner: true,
  });
}

/** What Electron and Chromium have put into it, and what another terminal has said of itself. */
const NOT_OURS =
  /^(?:CHROME_DESKTOP|GDK_BACKEND|NO_AT_BRIDGE|ORIGINAL_XDG_CURRENT_DESKTOP|ELECTRON_.*|TERM_PROGRAM.*|VTE_VERSION|KITTY_.*|WEZTERM_.*|TMUX.*|STY|WINDOWID)$/;

/** The environment that Python gets from the window: the user's own, and what is true of the console. */
export function windowEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !NOT_OURS.test(name));
  const { ORIGINAL_XDG_CURRENT_DESKTOP: desktop } = env;
  return {
    ...Object.fromEntries(kept),
    ...(desktop && { XDG_CURRENT_DESKTOP: desktop }),
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
  };
}
