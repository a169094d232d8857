/** A session is saved by itself when it rests, and when it ends. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Checkpoint } from '../../../electron/contract/checkpoints.ts';
import { keeps, newStore, openSaved } from '../../support/checkpoints.ts';
import type { Interpreter } from '../../support/interpreters.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { newHome, storeIn } from '../../support/store.ts';
import { until } from '../../support/until.ts';

const REST_MS = 60;
const SLOW = `
def Slow():
    class Slow:
        def __reduce__(self):
            import time; time.sleep(60)
    return Slow()
`;

function openAutomatic(python: Interpreter, options?: Parameters<typeof openSaved>[1]) {
  const trial = openSaved(python, { automatic: true, pace: { rest: REST_MS, apart: 50 }, ...options });
  const saved: Checkpoint[] = [];
  trial.session.checkpoints.on('saved', (checkpoint) => saved.push(checkpoint));
  return { trial, saved };
}

async function becomes(saved: Checkpoint[], count: number): Promise<void> {
  await until(
    () => saved.length >= count,
    () => `${count} checkpoints, not ${saved.length}`,
  );
}

/** Wait until the writer is at the name. */
async function isAt(trial: Trial, name: string): Promise<void> {
  await until(
    () => trial.session.checkpoints.now?.progress.name === name,
    () => `the writer to be at ${name}`,
  );
}

function pass(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

onPythons(ONE, 'a session that is saved by itself', (python) => {
  it('is saved after runs, when it rests, and once for each state', async () => {
    const { trial, saved } = openAutomatic(python);
    await trial.says('x = 1');
    await trial.says('x = 2');
    await becomes(saved, 1);
    await pass(5 * REST_MS);
    expect(saved.map(({ name, run }) => [name, run])).toEqual([[null, 2]]);
    const run = trial.run('import time; time.sleep(0.3)');
    await pass(3 * REST_MS);
    expect(saved).toHaveLength(1);
    await run;
    await trial.session.begin();
    await trial.says('x = 3');
    await becomes(saved, 2);
    expect(saved.map((each) => each.run)).toEqual([2, 4]);
  });

  it('leaves what was saved by hand alone, and gives way to it', async () => {
    const { trial, saved } = openAutomatic(python);
    await keeps(trial, `${SLOW}slow = Slow()`);
    await isAt(trial, 'slow');
    const automatic = trial.session.checkpoints.now;
    const named = trial.session.checkpoints.save({ name: 'mine' });
    await expect(automatic?.done).rejects.toThrow('The save was cancelled.');
    await isAt(trial, 'slow');
    named.cancel();
    await expect(named.done).rejects.toThrow('The save was cancelled.');
    await trial.says('del slow');
    await trial.session.checkpoints.save({ name: 'mine' }).done;
    await pass(4 * REST_MS);
    expect(saved.map(({ name }) => name)).toEqual(['mine']);
  });

  it('is saved once more as it is closed, also where no copy had been kept', async () => {
    for (const keep of ['every run', 'when asked'] as const) {
      const store = newStore();
      const { trial } = openAutomatic(python, { store, states: { keep }, pace: { rest: 60_000 } });
      await trial.says('x = 1');
      await trial.says('x = 2');
      await trial.session.close();
      expect(await store.list()).toMatchObject([{ name: null, run: 2 }]);
      expect(await store.offers()).toMatchObject([{ ended: 'quit', checkpoint: { run: 2 } }]);
    }
  });

  it('has the state before a run that goes on as it is closed', async () => {
    const store = newStore();
    const { trial } = openAutomatic(python, { store, pace: { rest: 60_000 } });
    await keeps(trial, 'x = 1');
    void trial.run('while True: pass');
    await trial.becomes('running');
    await trial.session.close();
    expect(await store.list()).toMatchObject([{ run: 1 }]);
  });

  it('is not held up by its last save for longer than a while', async () => {
    const store = newStore();
    const { trial } = openAutomatic(python, { store, pace: { rest: 60_000, closing: 300 } });
    await keeps(trial, `${SLOW}slow = Slow()`);
    const begin = performance.now();
    await trial.session.close();
    expect(performance.now() - begin).toBeLessThan(3000);
    expect([await store.list(), await store.offers()]).toEqual([[], []]);
  });

  it('is not saved anew where nothing has run since it was restored', async () => {
    const store = newStore();
    const first = openAutomatic(python, { store });
    await first.trial.says('x = 1');
    await becomes(first.saved, 1);
    await first.trial.session.close();
    const { trial, saved } = openAutomatic(python, { store });
    await trial.session.checkpoints.restore('');
    await pass(4 * REST_MS);
    expect(saved).toEqual([]);
    expect(await store.offers()).toEqual([]);
    await trial.says('x = 2');
    await becomes(saved, 1);
    expect(saved[0]).toMatchObject({ run: 3, changes: { changed: ['x'] } });
  });

  it('is saved anew where an earlier state was restored, so that the next start offers that', async () => {
    const { trial, saved } = openAutomatic(python);
    await trial.says('x = 1');
    await becomes(saved, 1);
    const first = saved[0]?.id ?? '';
    await trial.says('x = 2');
    await becomes(saved, 2);
    await trial.session.checkpoints.restore(first);
    await becomes(saved, 3);
    expect(saved[2]).toMatchObject({ added: expect.any(Number), changes: { changed: ['x'] } });
  });

  it('says once what is wrong, and tries again until that has passed', async () => {
    const home = newHome();
    const obstacle = join(home, 'checkpoints');
    writeFileSync(obstacle, 'a file in the place of the folder');
    const pace = { rest: REST_MS, apart: 50, again: 50 };
    const { trial, saved } = openAutomatic(python, { store: storeIn(home), pace });
    const failed: boolean[] = [];
    trial.session.checkpoints.on('failed', ({ automatic }) => failed.push(automatic));
    let tries = 0;
    trial.session.checkpoints.on('progress', (saving) => {
      tries += saving ? 0 : 1;
    });
    await trial.says('x = 1');
    await until(
      () => tries >= 3,
      () => `a third try after ${tries}`,
    );
    expect([failed, saved]).toEqual([[true], []]);
    rmSync(obstacle);
    await becomes(saved, 1);
    expect(saved).toMatchObject([{ name: null, run: 1 }]);
  });

  it('does not try again what can never be saved', async () => {
    const { trial } = openAutomatic(python, { pace: { rest: REST_MS, apart: 20, again: 20 } });
    const failed: string[] = [];
    trial.session.checkpoints.on('failed', ({ reason }) => failed.push(reason));
    let tries = 0;
    trial.session.checkpoints.on('progress', (saving) => {
      tries += saving ? 0 : 1;
    });
    await trial.says(
      'class Fatal:\n    def __reduce__(self): import os; os._exit(1)\n\na, b, c, d, e, f = [Fatal() for _ in range(6)]',
    );
    await until(
      () => tries >= 1,
      () => 'the try',
    );
    expect(failed).toEqual([expect.stringContaining('one name after the other')]);
    await pass(10 * REST_MS);
    expect(tries).toBe(1);
  });

  it('says, as it is closed, why what ran last is not saved', async () => {
    const home = newHome();
    writeFileSync(join(home, 'checkpoints'), 'a file in the place of the folder');
    const { trial } = openAutomatic(python, { store: storeIn(home), pace: { rest: 60_000 } });
    const failed: string[] = [];
    trial.session.checkpoints.on('failed', ({ reason }) => failed.push(reason));
    await trial.says('x = 1');
    const words = await trial.session.checkpoints.finish();
    expect(words).toMatch(/checkpoints/);
    expect(failed).toEqual([words]);
    rmSync(join(home, 'checkpoints'));
    expect(await trial.session.checkpoints.finish()).toBe(null);
    expect(await storeIn(home).list()).toMatchObject([{ run: 1 }]);
  });
});
