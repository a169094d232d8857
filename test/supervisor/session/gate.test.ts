/** What is asked of a session while something goes on waits its turn, is refused with a sentence, or gives it up. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Status } from '../../../electron/supervisor/session.ts';
import { keeps, openSaved } from '../../support/checkpoints.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import type { Trial } from '../../support/session.ts';
import { newHome } from '../../support/store.ts';
import { until } from '../../support/until.ts';

/** A value that takes so many seconds to come back, once it is saved. */
const SLOW = `
import os, time
class Slow:
    def __init__(self, seconds, flag): self.seconds, self.flag = seconds, flag
    def __setstate__(self, state):
        if os.path.exists(state["flag"]): time.sleep(state["seconds"])
        self.__dict__.update(state)
`;

async function save(trial: Trial, seconds: number): Promise<void> {
  const flag = join(newHome(), 'saved');
  await keeps(trial, `${SLOW}n = 1; slow = Slow(${seconds}, ${JSON.stringify(flag)})`);
  await trial.session.checkpoints.save({ name: 'saved' }).done;
  writeFileSync(flag, '');
  await keeps(trial, 'n = 2');
}

/** Begin with a restore; resolves when the run that loads goes on. */
async function beginRestore(trial: Trial) {
  const restoring = trial.session.checkpoints.restore('saved');
  restoring.catch(() => undefined);
  await trial.becomes('running');
  return { restoring };
}

onPythons(ONE, 'while a checkpoint is restored', (python) => {
  it('a run waits, also between the restart and the load', async () => {
    const trial = openSaved(python);
    const { session } = trial;
    await save(trial, 0);
    const kinds = new Set<Status['kind']>();
    session.on('status', ({ kind }) => kinds.add(kind));
    const restoring = session.checkpoints.restore('saved');
    const runs = [session.run('n = n + 10')];
    session.on('states', () => runs.length < 4 && runs.push(session.run('n = n + 10')));
    await restoring;
    await until(
      () => runs.length === 4,
      () => 'four runs',
    );
    await Promise.all(runs);
    expect(await trial.says('n')).toBe('41\n');
    expect(kinds).toContain('restoring');
  });

  it('moves, saves and other restores are refused', async () => {
    const trial = openSaved(python);
    const { session } = trial;
    await save(trial, 0.5);
    const { restoring } = await beginRestore(trial);
    const refusal = { code: 'BUSY', message: 'A checkpoint is being restored; wait for it, or stop it.' };
    await expect(session.undo()).rejects.toMatchObject(refusal);
    await expect(session.rollback()).rejects.toMatchObject(refusal);
    await expect(session.keep()).rejects.toMatchObject(refusal);
    await expect(session.checkpoints.restore('saved')).rejects.toMatchObject(refusal);
    await expect(session.checkpoints.save({ name: 'other' }).done).rejects.toMatchObject(refusal);
    await restoring;
    expect(await trial.says('n')).toBe('1\n');
  });

  it('a restart gives it up, however long it would take', async () => {
    const trial = openSaved(python);
    const { session } = trial;
    await save(trial, 1000);
    const { restoring } = await beginRestore(trial);
    await session.restart();
    await expect(restoring).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(session.state.id).toBe(0);
    await session.goTo(2);
    expect(await trial.says('n')).toBe('2\n');
  });
});

onPythons(ONE, 'a transaction', (python) => {
  it('stays open where it cannot be rolled back', async () => {
    const trial = openSaved(python);
    const { session } = trial;
    await keeps(trial, 'n = 1');
    const transaction = await session.begin();
    await keeps(trial, 'n = 2');
    process.kill(session.states[1]?.pid as number, 'SIGKILL');
    await until(
      () => session.states[1]?.copy === 'gone',
      () => 'the state to be gone',
    );
    await expect(session.rollback()).rejects.toMatchObject({ code: 'NO_COPY' });
    expect(session.transactions).toEqual([transaction]);
    expect(await trial.says('n')).toBe('2\n');
  });

  it('is not ended while the session is on its way', async () => {
    const trial = openSaved(python);
    const { session } = trial;
    await keeps(trial, 'n = 1');
    await session.begin();
    await keeps(trial, 'n = 2');
    const rollback = session.rollback();
    expect(() => session.commit()).toThrow('The session is on its way to another state.');
    expect(session.transactions).toHaveLength(1);
    await rollback;
    expect(session.transactions).toEqual([]);
    expect(await trial.says('n')).toBe('1\n');
  });
});

onPythons(ONE, 'a save', (python) => {
  it('tells of the runs and the state that it was begun with, whatever comes meanwhile', async () => {
    const trial = openSaved(python);
    const { session } = trial;
    await keeps(trial, 'n = 1');
    const saving = session.checkpoints.save({ name: 'mine' });
    await session.restart();
    await trial.says('other = 5');
    const { run, lastRuns } = await saving.done;
    expect([run, lastRuns]).toEqual([1, ['n = 1']]);
  });
});
