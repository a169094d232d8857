/** The command `pyrepl3 mcp`: sessions of Python for agents. */

import { version } from '../cli/usage.ts';
import { readPreferences } from '../repl/controller/preferences.ts';
import { lackOfNative } from '../repl/messages/native-part-notice.ts';
import { background, onFailure } from '../supervisor/platform/background.ts';
import { findInterpreter, passedOver } from '../supervisor/platform/interpreter.ts';
import { catchUncaught } from '../supervisor/platform/uncaught.ts';
import { openUsersStore } from '../supervisor/store/users-store.ts';
import { parseArguments, USAGE } from './arguments.ts';
import { install } from './install.ts';
import { NamedSessions, USUAL_NAME } from './sessions/named-sessions.ts';

/** The command line cannot be used. */
const UNUSABLE_STATUS = 2;
/** The program fails again and again: sessions are saved, and it ends. */
const FAILURES_BORNE = 5;

async function main(words: readonly string[]): Promise<void> {
  const task = parseArguments(words);
  if (task.kind === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  if (task.kind === 'install') {
    await install(task);
    return;
  }
  const python = findInterpreter(task.python);
  const { settings, complaint } = readPreferences();
  for (const words of [complaint, passedOver(python)]) {
    if (words !== null) {
      complain(words);
    }
  }
  onFailure(complain);
  const { resume } = task;
  const store = openUsersStore(settings);
  const sessions = new NamedSessions({ python, folder: process.cwd(), settings, store, resume });
  const ending = new AbortController();
  const end = () => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, end);
  }
  catchUncaught({ most: FAILURES_BORNE, end });
  // Python starts while the parts of the protocol are read, and is there when the first call comes.
  background(warm(sessions), 'starting Python');
  const { serve } = await import('./server.ts');
  await serve(sessions, { version: version(), signal: ending.signal });
  await sessions.close();
}

async function warm(sessions: NamedSessions): Promise<void> {
  const { session } = await sessions.get(USUAL_NAME);
  const lack = session.python && lackOfNative(session.python);
  if (lack) {
    complain(lack);
  }
}

/** Standard output is the protocol's. */
function complain(text: string): void {
  process.stderr.write(`pyrepl3: ${text}\n`);
}

main(process.argv.slice(3)).then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`pyrepl3: ${error.message}\n`);
    process.exit(UNUSABLE_STATUS);
  },
);
