/** Which runs are remembered as having led to a state. */

import { expect, it } from 'vitest';
import type { SavedRun } from '../../../electron/contract/checkpoints.ts';
import { RunLog } from '../../../electron/supervisor/runs/run-log.ts';
import { newStore, openSaved } from '../../support/checkpoints.ts';
import { ONE, onPythons } from '../../support/pythons.ts';

onPythons(ONE, 'the run log', (python) => {
  it('has the newest runs, no more than the setting says, and saves no more', async () => {
    const store = newStore();
    const trial = openSaved(python, { store, states: { runs: 5 } });
    for (let run = 1; run <= 20; run += 1) await trial.says(`x = ${run}`);
    const { id } = await trial.session.checkpoints.save({ name: 'one' }).done;
    const saved = JSON.parse(String(await store.part(id, 'runs'))) as SavedRun[];
    expect(saved.map(({ code }) => code)).toEqual([16, 17, 18, 19, 20].map((run) => `x = ${run}`));
  });
});

it('forgets the oldest of the runs that came with a checkpoint first, one for one', () => {
  const log = new RunLog(4);
  const run = (number: number) => ({ run: number, code: `x = ${number}` }) as SavedRun;
  log.restored(1, [1, 2, 3, 4, 5].map(run), true);
  expect(log.before(1).map((each) => each.run)).toEqual([2, 3, 4, 5]);
  const done = { id: 6, outcome: 'ok', seconds: 0, changes: null };
  const request = { code: 'x = 6', file: null, line: 1 };
  log.arrive({ state: 2, parent: 1, request, done } as unknown as Parameters<RunLog['arrive']>[0]);
  expect(log.before(2).map((each) => each.run)).toEqual([3, 4, 5, 6]);
});

it('holds no more code than there is room for, but for that of the last run', () => {
  const log = new RunLog();
  const large = 'x'.repeat(20 * 2 ** 20);
  for (const state of [1, 2, 3]) {
    log.restored(state, [{ run: state, code: large } as SavedRun], false);
  }
  expect(log.before(3).map((each) => each.run)).toEqual([3]);
});
