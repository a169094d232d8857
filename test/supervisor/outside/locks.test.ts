/** A lock is held for as long as the program believes, asleep, awake, woken or dead, and not a moment longer. */

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Interpreter } from '../../support/interpreters.ts';
import { OLD_AND_NEW, ONE, onPythons } from '../../support/pythons.ts';
import { openSurroundings, playStory } from '../../support/story.ts';
import { LOCK_KINDS, type LockKind } from './lock-kinds.ts';

function isThere(python: Interpreter, { needs }: LockKind): boolean {
  const look = ['-c', 'import ctypes; ctypes.CDLL("libgdbm.so.6")'];
  return needs !== 'gdbm' || spawnSync(python.executable, look).status === 0;
}

/** What somebody else sees at each moment. */
async function moments(python: Interpreter, kind: LockKind): Promise<Record<string, string>> {
  const { trial, other } = openSurroundings(python);
  const { session } = trial;
  const seen: Record<string, string> = {};
  const look = async (moment: string, probe = kind.probe) => {
    await session.keep();
    seen[moment] = await other(probe);
  };
  await trial.says('n = 0');
  await trial.says(kind.take);
  await trial.says('n = 1');
  await look('asleep');
  await session.undo();
  await look('undone');
  await trial.run('import os; os.kill(os.getpid(), 11)');
  await look('crashed');
  const run = session.run('while True: pass');
  session.kill();
  await run;
  await look('killed');
  await session.redo();
  await look('redone');
  await trial.says(kind.close);
  await look('closed');
  if (kind.path !== 'd') await look('any descriptor of it', `opened(${JSON.stringify(kind.path)})`);
  await trial.says(kind.take);
  await look('taken again');
  await session.undo();
  await look('that undone');
  await session.undo();
  await look('the closing undone');
  await trial.says(kind.close);
  await look('closed again');
  return seen;
}

function right({ path, isRemoved }: LockKind): Record<string, string> {
  return {
    asleep: "'held'",
    undone: "'held'",
    crashed: "'held'",
    killed: "'held'",
    redone: "'held'",
    closed: "'free'",
    ...(path !== 'd' && { 'any descriptor of it': "'closed'" }),
    'taken again': "'held'",
    'that undone': "'free'",
    'the closing undone': isRemoved ? "'free'" : "'held'",
    'closed again': "'free'",
  };
}

onPythons(ONE, 'at each moment', (python) => {
  it.each(LOCK_KINDS.map((kind) => [kind.name, kind] as const))('%s', async (_, kind) => {
    if (!isThere(python, kind)) return;
    expect(await moments(python, kind)).toEqual(right(kind));
  });
});

onPythons(OLD_AND_NEW, 'at each moment, of other Pythons', (python) => {
  it.each(['flock', 'lockf', 'sqlite, a transaction'])('%s', async (name) => {
    const kind = LOCK_KINDS.find((one) => one.name === name);
    if (!kind) throw new Error(`There is no kind ${name}`);
    expect(await moments(python, kind)).toEqual(right(kind));
  });
});

onPythons(ONE, 'a lock that cannot be had again', (python) => {
  it.each([
    ['flock', 'fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)', 'flock'],
    ['lockf', 'fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)', 'lockf'],
  ])('stays with who has it, and nothing more is written: %s', async (_, take, probe) => {
    await playStory(
      python,
      `
        import fcntl, os; f = open("f", "w+"); _ = f.write("mine\\n"), f.flush(); ${take}
        n = 1
        f.close()
        ? f = open("f", "a"); ${take}
        %undo
        ~ f\\b
        try: _ = f.write("more\\n"); f.flush()
        except OSError as error: print(error.strerror)
        = Bad file descriptor
        ? f.write("theirs\\n"), f.flush()
        = (7, None)
        ? f.close()
        ? read("f")
        = 'mine\\ntheirs\\n'
        ? ${probe}("f")
        = 'free'
        f = open("f", "a"); ${take}
        ? ${probe}("f")
        = 'held'
        `,
    );
  });

  it('is not waited for: who waits gets it when the session gives it up', async () => {
    await playStory(
      python,
      `
        import fcntl; f = open("f", "w"); fcntl.flock(f, fcntl.LOCK_EX)
        n = 1
        n = 2
        ? import subprocess, sys; wait = subprocess.Popen([sys.executable, "-c", "import fcntl; fcntl.flock(open('f'), fcntl.LOCK_EX); print('got it')"], stdout=-1)
        f.close()
        ? wait.communicate(timeout=10)[0]
        = b'got it\\n'
        `,
    );
  });

  it('is not held by a lease that was given up', async () => {
    await playStory(
      python,
      `
        import fcntl, os; f = os.open("f", os.O_RDWR | os.O_CREAT); fcntl.fcntl(f, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        n = 1
        %undo
        fcntl.fcntl(f, fcntl.F_GETLEASE) == fcntl.F_WRLCK
        = True
        os.close(f)
        ? os.close(os.open("f", os.O_RDONLY | os.O_NONBLOCK))
        = None
        `,
    );
  });
});
