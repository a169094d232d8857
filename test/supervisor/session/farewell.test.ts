/** A session that is closed lets its program end, in bounded time. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

onPythons(ONE, 'a session that is closed', (python) => {
  it('writes what was not written yet, and runs what was left for the end', async () => {
    const cwd = newFolder();
    const trial = openTrial(python, { cwd });
    await trial.says('import atexit; _ = atexit.register(lambda: open("at the end", "w").close())');
    await trial.says('f = open("kept", "w"); _ = f.write("text")');
    await trial.session.close();
    expect(readFileSync(join(cwd, 'kept'), 'utf8')).toBe('text');
    expect(existsSync(join(cwd, 'at the end'))).toBe(true);
    expect(trial.processes()).toEqual([]);
  });

  it('does so also where a state was gone back to', async () => {
    const cwd = newFolder();
    const trial = openTrial(python, { cwd });
    await trial.says('f = open("kept", "w"); _ = f.write("text")');
    await trial.says('x = 1');
    await trial.session.undo();
    await trial.session.close();
    expect(readFileSync(join(cwd, 'kept'), 'utf8')).toBe('text');
  });

  it('is not held up for longer than it is told to be', async () => {
    const trial = openTrial(python);
    await trial.says('import threading; threading.Thread(target=threading.Event().wait).start()');
    const begin = performance.now();
    await trial.session.close(200);
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(trial.processes()).toEqual([]);
  });

  it('ends at once where a run goes on', async () => {
    const trial = openTrial(python);
    void trial.run('import time; time.sleep(600)');
    await trial.becomes('running');
    await trial.session.close(600_000);
    expect(trial.processes()).toEqual([]);
  });
});
