/** The window has one session and one console, however often and by whom Python is asked for. */

import { expect, it, onTestFinished, vi } from 'vitest';
import { Repl } from '../../electron/main/session/repl.ts';
import type { Session } from '../../electron/supervisor/session.ts';
import type { Interpreter } from '../support/interpreters.ts';
import { ONE, onPythons } from '../support/pythons.ts';
import { newHome, storeIn } from '../support/store.ts';

function openRepl({ executable }: Interpreter) {
  const home = newHome();
  vi.stubEnv('PYREPL3_HOME', home);
  const store = storeIn(home);
  const repl = new Repl({
    python: executable,
    folder: home,
    columns: 80,
    rows: 24,
    send: () => undefined,
    store,
  });
  const sessions: Session[] = [];
  repl.addFollower({ follow: (session) => void sessions.push(session) });
  onTestFinished(async () => {
    await repl.close();
    vi.unstubAllEnvs();
  });
  const alive = () => sessions.filter(({ status }) => status.kind !== 'ended');
  return { repl, sessions, alive };
}

onPythons(ONE, 'the window', (python) => {
  it('starts Python once where it is asked for again before it is there', async () => {
    const { repl, sessions, alive } = openRepl(python);
    await Promise.all([repl.begin(), repl.begin(), repl.restart()]);
    expect([alive().length, repl.situation.state]).toEqual([1, 'idle']);
    await Promise.all([repl.restart(), repl.restart()]);
    expect([alive().length, repl.situation.state]).toEqual([1, 'idle']);
    expect(sessions.at(-1)?.status.kind).toBe('idle');
  });

  it('ends the one before, also one that is being started, and starts the last that was asked for', async () => {
    const { repl, sessions, alive } = openRepl(python);
    await repl.begin();
    const restart = repl.restart();
    const missing = repl.begin('/nowhere/python');
    const last = repl.begin(python.executable);
    await Promise.all([restart, missing, last]);
    expect([alive().length, repl.situation.state]).toEqual([1, 'idle']);
    expect(alive()).toEqual([sessions.at(-1)]);
  });
});
