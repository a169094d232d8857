/** Where the process cannot be copied, the live state is saved by itself, and runs wait meanwhile. */

import { expect, it } from 'vitest';
import type { Status } from '../../../electron/supervisor/session.ts';
import { fate, newStore, openSaved } from '../../support/checkpoints.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

/** The system call that opens an io_uring, which no copy can be made beside. */
const RING =
  'import ctypes; ring = ctypes.CDLL(None).syscall(425, 4, ctypes.create_string_buffer(120)); del ctypes';
const SLOW = `
def Slow(seconds):
    class Slow:
        def __reduce__(self):
            import os, time
            if seconds < 0: os._exit(3)
            time.sleep(seconds)
            return int, ()
    return Slow()
`;

async function openUncopied(python: Interpreter, options?: Parameters<typeof openSaved>[1]): Promise<Trial> {
  const trial = openSaved(python, options);
  await trial.says('before = 0');
  await trial.says(RING);
  await trial.says(`${SLOW}data = [1]; same = data`);
  return trial;
}

/** Begin with a save that takes long; resolves when the live state is at it. */
async function beginLongSave(trial: Trial, seconds: number) {
  await trial.says(`slow = Slow(${seconds})`);
  const saving = trial.session.checkpoints.save({ name: 'long' });
  await until(
    () => saving.progress.name === 'slow',
    () => `the live state to be at it: ${JSON.stringify(saving.progress)}`,
  );
  return saving;
}

onPythons(ONE, 'a session that cannot be copied', (python) => {
  it('is saved all the same, says so, and takes runs again behind it', async () => {
    const store = newStore();
    const trial = await openUncopied(python, { store });
    const saving = await beginLongSave(trial, 0.3);
    expect(trial.session.status).toEqual({ kind: 'saving' });
    await expect(trial.session.undo()).rejects.toThrow(
      'The session is being saved; wait for it, or stop it.',
    );
    const run = trial.run('data.append(2)');
    const seen: Status['kind'][] = [];
    trial.session.on('status', ({ kind }) => seen.push(kind));
    await saving.done;
    expect((await run).outcome).toBe('ok');
    expect(seen.filter((kind) => kind !== 'idle')).toEqual(['running']);
    const other = openSaved(python, { store });
    await other.session.checkpoints.restore('long');
    expect(await other.says('data, data is same')).toBe('([1], True)\n');
  });

  it('stops saving when it is interrupted', async () => {
    const store = newStore();
    const trial = await openUncopied(python, { store });
    const saving = await beginLongSave(trial, 60);
    trial.session.interrupt();
    await expect(saving.done).rejects.toThrow('The save was cancelled.');
    expect(await trial.says('data')).toBe('[1]\n');
    expect(await store.list()).toEqual([]);
  });

  it('leaves out what takes too long', async () => {
    const store = newStore();
    const trial = await openUncopied(python, { store, pace: { patience: 1500 } });
    const { id } = await (await beginLongSave(trial, 60)).done;
    const { names } = await store.manifest(id);
    expect([fate(names, 'slow'), fate(names, 'data')]).toEqual([
      'unsaved: it took longer than 1.5 s to save',
      'saved',
    ]);
  });

  it('is recovered where it dies of being saved, or is killed', async () => {
    const trial = await openUncopied(python);
    await trial.says('slow = Slow(-1)');
    const saving = trial.session.checkpoints.save({ name: 'deadly' });
    await expect(saving.done).rejects.toThrow('Nothing was saved: Python ended: exit status 3.');
    await trial.becomes('idle');
    expect(await trial.says(`${SLOW}before`)).toBe('0\n');
    await trial.says(RING);
    const long = await beginLongSave(trial, 60);
    trial.session.kill();
    await expect(long.done).rejects.toThrow('Nothing was saved: Python was killed, as you asked.');
    expect(await trial.says('before')).toBe('0\n');
  });

  it('can begin anew while it is saved', async () => {
    const trial = await openUncopied(python);
    const saving = await beginLongSave(trial, 60);
    await trial.session.restart();
    await expect(saving.done).rejects.toThrow('Nothing was saved: the session has gone to another state.');
    expect(await trial.says('"data" in globals()')).toBe('False\n');
  });
});
