/** Nobody but the program holds its files: not a writer of checkpoints, nor a thread that waits in a copy. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSaved } from '../../support/checkpoints.ts';
import { openOutsider } from '../../support/outsider.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { playStory } from '../../support/story.ts';
import { until } from '../../support/until.ts';

/** Saved only once the file `go` is there. */
const SLOW = `
import fcntl, os
class Slow:
    def __reduce__(self):
        import os, time
        while not os.path.exists("go"): time.sleep(0.005)
        return int, ()
slow = Slow(); f = open("f", "w"); fcntl.flock(f, fcntl.LOCK_EX); g = open("g", "w"); fcntl.lockf(g, fcntl.LOCK_EX)
`;

onPythons(ONE, 'while others are at work', (python) => {
  it('a file that is closed during a save is closed, and its lock has ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const trial = openSaved(python, { cwd: folder });
    const other = openOutsider(python, folder);
    await trial.says(SLOW);
    const saving = trial.session.checkpoints.save({ name: 'long' });
    await until(
      () => saving.progress.name?.toLowerCase() === 'slow',
      () => `the writer to be at it: ${JSON.stringify(saving.progress)}`,
    );
    expect([await other.says('flock("f")'), await other.says('lockf("g")')]).toEqual(["'held'", "'held'"]);
    await trial.says('f.close(); g.close()');
    expect([await other.says('flock("f")'), await other.says('lockf("g")')]).toEqual(["'free'", "'free'"]);
    writeFileSync(join(folder, 'go'), '');
    await saving.done;
  });

  it('a thread that waits for a lock gets it where the program went, and nowhere else', async () => {
    await playStory(
      python,
      `
        import fcntl, threading; f = open("f", "w"); got = []; t = threading.Thread(target=lambda: (fcntl.flock(f, fcntl.LOCK_EX), got.append(1)), daemon=True)
        ? import fcntl; f = open("f", "a"); fcntl.flock(f, fcntl.LOCK_EX)
        t.start()
        n = 1
        %undo
        got
        = []
        ? f.close()
        t.join(10); got
        = [1]
        ? flock("f")
        = 'held'
        f.close()
        ? flock("f")
        = 'free'
        `,
    );
  });

  it('a session that begins anew holds nothing, until it goes back', async () => {
    await playStory(
      python,
      `
        import fcntl; f = open("f", "w"); fcntl.flock(f, fcntl.LOCK_EX); g = open("g", "w"); fcntl.lockf(g, fcntl.LOCK_EX); _ = g.write("one\\n")
        %restart
        ? flock("f"), lockf("g"), opened("f"), opened("g")
        = ('free', 'free', 'closed', 'closed')
        n = 1
        %go 1
        =
        ? flock("f"), lockf("g"), opened("f"), opened("g")
        = ('held', 'held', 'open', 'open')
        f.close(); g.close()
        ? flock("f"), lockf("g"), opened("f"), opened("g")
        = ('free', 'free', 'closed', 'closed')
        ? read("g")
        = 'one\\n'
        `,
    );
  });

  it('a lock that a child has inherited stays with the child alone', async () => {
    await playStory(
      python,
      `
        import fcntl, os, subprocess; f = open("f", "w"); fcntl.flock(f, fcntl.LOCK_EX); child = subprocess.Popen(["cat"], stdin=-1, pass_fds=[f.fileno()])
        n = 1
        %undo
        ? flock("f")
        = 'held'
        f.close()
        child.stdin.close()
        ? import time; end = time.monotonic() + 5
        ? all(iter(lambda: flock("f") == "held" and time.monotonic() < end, False))
        = True
        ? flock("f")
        = 'free'
        `,
    );
  });
});
