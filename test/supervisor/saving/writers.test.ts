/** The writer of a checkpoint dies, hangs or is stopped: the session goes on, and what can be saved is saved. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { drafts, fate, keeps, newStore, openSaved } from '../../support/checkpoints.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { isSince, ONE, onPythons, PYTHONS } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { newHome, storeIn } from '../../support/store.ts';
import { until } from '../../support/until.ts';

/** So long the slow object takes to be saved, in seconds. */
const LONG = 60;

/** Makes objects that are no good to save, each of a class of its own, so that none has anything to do with another. */
const DEADLY = `
import os
live = os.getpid()
def Deadly(how):
    class Deadly:
        def __reduce__(self):
            import os, time
            if how == "segfault": os.kill(os.getpid(), 11)
            if how == "exit": os._exit(3)
            while how == "lock": time.sleep(1)
            time.sleep(float(how))
            return int, ()
    return Deadly()
`;

/** The processes that write a checkpoint of a session: those that are as nice. */
function writers(trial: Trial): number[] {
  return trial.processes().filter((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16] === '10';
  });
}

function hostOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
}

async function openDeadly(python: Interpreter, options?: Parameters<typeof openSaved>[1]): Promise<Trial> {
  const trial = openSaved(python, options);
  await trial.says(DEADLY);
  return trial;
}

/** Begin with a save that will not come to an end by itself; resolves when its writer is at it. */
async function beginLongSave(trial: Trial) {
  await keeps(trial, `early = 1; slow = Deadly("${LONG}"); late = 2`);
  const saving = trial.session.checkpoints.save({ name: 'long' });
  await until(
    () => saving.progress.name === 'slow',
    () => `the writer to be at it: ${JSON.stringify(saving.progress)}`,
  );
  return saving;
}

onPythons(ONE, 'a writer', (python) => {
  it('that dies at a name is followed by one that leaves it alone', async () => {
    const store = newStore();
    const trial = await openDeadly(python, { store });
    await keeps(trial, 'a = 1; bad = Deadly("segfault"); b = 2; worse = Deadly("exit"); c = 3');
    const { id, counts } = await trial.session.checkpoints.save({ name: 'one' }).done;
    const { names } = await store.manifest(id);
    expect(['a', 'b', 'c', 'bad', 'worse'].map((name) => fate(names, name))).toEqual([
      'saved',
      'saved',
      'saved',
      'unsaved: Python died as it was saved (SIGSEGV)',
      'unsaved: Python died as it was saved (status 3)',
    ]);
    expect(counts.unsaved).toBe(2);
    expect(await trial.says('os.getpid() == live')).toBe('True\n');
  });

  it('that does not get on with a name is followed by one that leaves it alone', async () => {
    const store = newStore();
    const trial = await openDeadly(python, { store, pace: { patience: 1500 } });
    await keeps(trial, 'a = 1; bad = Deadly("lock"); b = 2');
    const { id } = await trial.session.checkpoints.save({ name: 'one' }).done;
    const { names } = await store.manifest(id);
    expect(['a', 'b', 'bad'].map((name) => fate(names, name))).toEqual([
      'saved',
      'saved',
      'unsaved: it took longer than 1.5 s to save',
    ]);
  });

  it('is stopped by a word, and leaves nothing', async () => {
    const home = newHome();
    const store = storeIn(home);
    const trial = await openDeadly(python, { store });
    const failed: unknown[] = [];
    trial.session.checkpoints.on('failed', (failure) => failed.push(failure));
    const saving = await beginLongSave(trial);
    expect(writers(trial)).toHaveLength(1);
    saving.cancel();
    await expect(saving.done).rejects.toThrow('The save was cancelled.');
    expect(writers(trial)).toEqual([]);
    expect([await store.list(), failed, trial.session.checkpoints.now]).toEqual([[], [], null]);
    expect(drafts(home)).toEqual([]);
    expect(await trial.says('slow = 1; os.getpid() == live')).toBe('True\n');
    await trial.session.checkpoints.save({ name: 'after' }).done;
  });

  it('goes on while code runs, and while the session goes to other states, dies and begins anew', async () => {
    const store = newStore();
    const trial = await openDeadly(python, { store });
    await keeps(trial, 'early = 1; slow = Deadly("1.5"); late = 2');
    const saving = trial.session.checkpoints.save({ name: 'long' });
    await until(
      () => saving.progress.name === 'slow',
      () => 'the writer to be at it',
    );
    await trial.says('early = 5; del late');
    await trial.session.undo(2);
    expect(await trial.says('"early" in globals()')).toBe('False\n');
    const loop = trial.run('while True: pass');
    await trial.becomes('running');
    trial.session.kill();
    expect((await loop).outcome).toBe('died');
    await trial.session.restart();
    expect(writers(trial)).toHaveLength(1);
    await saving.done;
    await trial.session.checkpoints.restore('long');
    expect(await trial.says('early, late')).toBe('(1, 2)\n');
  });
});

onPythons(ONE, 'a writer', (python) => {
  it('can be killed at any moment: there is a whole checkpoint, or none', async () => {
    const store = newStore();
    const trial = await openDeadly(python, { store });
    await keeps(
      trial,
      'import random\ndata = {n: [random.random()] * 3 for n in range(30000)}\nmore = list(data)',
    );
    let [done, failed] = [0, 0];
    for (let delay = 0; delay < 200; delay += 9) {
      const saving = trial.session.checkpoints.save({ name: `after ${delay} ms` });
      const timer = setTimeout(() => {
        for (const pid of writers(trial)) process.kill(pid, 'SIGKILL');
      }, delay);
      await saving.done.then(
        () => (done += 1),
        () => (failed += 1),
      );
      clearTimeout(timer);
    }
    const listed = await store.list();
    expect(listed).toHaveLength(done);
    for (const { id } of listed) expect((await store.inspect(id)).damage).toEqual({ pieces: 0, names: [] });
    expect(await trial.says('len(data), os.getpid() == live')).toBe('(30000, True)\n');
  });

  it('that dies at one name after the other gives up, and says at which', async () => {
    const trial = await openDeadly(python);
    await keeps(trial, 'a, b, c, d, e, f = [Deadly("exit") for _ in range(6)]');
    const failed: unknown[] = [];
    trial.session.checkpoints.on('failed', (failure) => failed.push(failure));
    const reason =
      'Nothing was saved, as it went wrong at one name after the other: a, b, c, d, e, f ' +
      '(Python died as it was saved (status 3)). Delete them, and save again.';
    await expect(trial.session.checkpoints.save({ name: 'one' }).done).rejects.toThrow(reason);
    expect(failed).toEqual([{ automatic: false, reason }]);
  });

  it('that cannot begin is followed by one of another copy', async () => {
    const trial = await openDeadly(python);
    const flag = join(newHome(), 'flag');
    await keeps(
      trial,
      `def die():\n    if not os.path.exists(${JSON.stringify(flag)}):\n` +
        `        open(${JSON.stringify(flag)}, "w").close(); os._exit(5)\n` +
        'os.register_at_fork(after_in_child=die)',
    );
    const { pid } = trial.session.state;
    await trial.session.checkpoints.save({ name: 'one' }).done;
    expect(existsSync(flag)).toBe(true);
    expect(trial.session.state.pid).not.toBe(pid);
  });

  it('leaves the host as it was', async () => {
    const trial = await openDeadly(python, { pace: { patience: 1500 } });
    const host = hostOf(Number(await trial.says('os.getpid()')));
    await keeps(trial, 'a = 1');
    const open = () => readdirSync(`/proc/${host}/fd`).length;
    const before = open();
    for (const how of ['segfault', 'lock', '0']) {
      await keeps(trial, `a = Deadly("${how}")`);
      await trial.session.checkpoints.save({ name: `at ${how}` }).done;
    }
    // Each of the three states that sleep has one.
    await until(
      () => open() - before === 3,
      () => `the host to close what it has opened: ${open() - before}`,
    );
  });

  it('ends with the session', async () => {
    const store = newStore();
    const trial = await openDeadly(python, { store, pace: { closing: 200 } });
    const saving = await beginLongSave(trial);
    await trial.close();
    await expect(saving.done).rejects.toThrow('The save was cancelled.');
    expect(await store.list()).toEqual([]);
  });

  it('ends with the host', async () => {
    const trial = await openDeadly(python);
    trial.expectFaults();
    const saving = await beginLongSave(trial);
    process.kill(hostOf(Number(await trial.says('os.getpid()'))), 'SIGKILL');
    await expect(saving.done).rejects.toThrow('Nothing was saved: Python’s host has ended.');
    await until(
      () => writers(trial).length === 0,
      () => 'the writer to end',
    );
  });
});

const newest = PYTHONS.at(-1);

onPythons(newest && isSince(newest, 13) ? [newest] : [], 'beside a sub-interpreter', (python) => {
  it('the names are saved, undone and restored', async () => {
    const trial = openSaved(python);
    await trial.says('import _interpreters; other = _interpreters.create(); kept = [1]');
    const { id } = await trial.session.checkpoints.save({ name: 'here' }).done;
    await trial.says('kept.append(2)');
    await trial.session.undo();
    expect(await trial.says('kept')).toBe('[1]\n');
    await trial.says('_ = _interpreters.run_string(other, "x = 5")');
    const { names } = await trial.session.checkpoints.restore(id);
    expect([fate(names, 'kept'), await trial.says('kept')]).toEqual(['saved', '[1]\n']);
  });
});
