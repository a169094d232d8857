/** The console in the user's own terminal, from its start to the exit status. */

import { constants } from 'node:os';
import { join } from 'node:path';
import { asFile, readScript } from '../repl/commands/source-file.ts';
import { type Console, openConsole } from '../repl/controller/console.ts';
import { Leaving } from '../repl/controller/leaving.ts';
import { readPreferences, retentionBy } from '../repl/controller/preferences.ts';
import { openHistory } from '../repl/history/history.ts';
import { background } from '../supervisor/platform/background.ts';
import { homeFolder } from '../supervisor/platform/home.ts';
import { findInterpreter, passedOver } from '../supervisor/platform/interpreter.ts';
import { catchUncaught } from '../supervisor/platform/uncaught.ts';
import { newTranscript } from '../supervisor/runs/transcripts.ts';
import { openSession } from '../supervisor/session.ts';
import { openUsersStore } from '../supervisor/store/users-store.ts';
import { heedIgnoredSignals } from './ignored-signals.ts';
import { Terminal } from './own-terminal.ts';

export interface InteractiveOptions {
  python: string | undefined;
  /** Run first; then the prompt stays. */
  file: string | null;
  /** The saved session to begin with. */
  restore: string | undefined;
}

/** The program fails again and again: the session is saved, and it ends. */
const BROKEN_STATUS = 70;
const FAILURES_BORNE = 5;

/** A stop that nobody obeys (no shell waits for us) is over after this time. */
const STOPPED_MS = 100;

/** Resolves with the exit status; throws an Error with words where it cannot begin. */
export async function runInteractive({ python, file, restore }: InteractiveOptions): Promise<number> {
  const code = file === null ? null : readScript(file);
  const interpreter = findInterpreter(python);
  const terminal = new Terminal(process.stdin, process.stdout, process.env);
  const { columns, rows } = terminal;
  const { settings, complaint } = readPreferences();
  const { automatic } = settings.checkpoints;
  const store = openUsersStore(settings);
  const ignored = heedIgnoredSignals();
  const session = openSession({
    python: interpreter,
    ignored,
    columns,
    rows,
    transcript: newTranscript(settings),
    states: retentionBy(settings),
    checkpoints: { store, automatic },
  });
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const leaving = new Leaving({ session, automatic, say });
  const history = openHistory(join(homeFolder(), 'history.jsonl'), settings.history.entries);
  process.on('exit', () => terminal.restore());
  terminal.open();
  const console = openConsole({
    session,
    screen: terminal,
    history,
    store,
    offers: restore === undefined ? store.offers() : undefined,
    banner: true,
    remarks: [complaint, passedOver(interpreter)],
    startup: process.env.PYTHONSTARTUP,
    step: settings.stop.step,
  });
  if (restore !== undefined) {
    background(console.restore(restore), 'restoring');
  }
  if (code !== null && file !== null) {
    background(console.run(asFile(code), { file, show: false }), 'running the file');
  }
  const status = await untilLeft(console, terminal, ignored);
  console.close();
  terminal.restore();
  await leaving.close();
  return status;
}

function untilLeft(
  console: Console,
  terminal: Terminal,
  ignored: readonly NodeJS.Signals[],
): Promise<number> {
  return new Promise((resolve) => {
    console.on('leave', resolve);
    console.on('suspend', () => suspend(console, terminal));
    terminal.onKeys((keys) => console.type(keys));
    terminal.onResize(() => console.resized());
    terminal.onEnd(() => resolve(128 + constants.signals.SIGHUP));
    process.on('SIGINT', () => console.type('\x03'));
    catchUncaught({ most: FAILURES_BORNE, end: () => resolve(BROKEN_STATUS) });
    for (const name of (['SIGTERM', 'SIGHUP'] as const).filter((name) => !ignored.includes(name))) {
      process.on(name, () => resolve(128 + constants.signals[name]));
    }
  });
}

/** Stop as a program does on Ctrl-Z, and come back with the line as it was. */
function suspend(console: Console, terminal: Terminal): void {
  terminal.restore();
  let isBack = false;
  const comeBack = () => {
    if (isBack) {
      return;
    }
    isBack = true;
    process.off('SIGCONT', comeBack);
    terminal.open();
    console.redraw();
  };
  process.on('SIGCONT', comeBack);
  process.kill(0, 'SIGTSTP');
  setTimeout(comeBack, STOPPED_MS);
}
