/** The window hears how far a save and a restore are, and what came of a restore, whoever asked for it. */

import { expect, it } from 'vitest';
import type { Restored, Transfer } from '../../electron/contract/checkpoint-news.ts';
import { TransferProgress } from '../../electron/main/checkpoints/transfer-progress.ts';
import type { Send } from '../../electron/main/ipc/signals.ts';
import { openSaved } from '../support/checkpoints.ts';
import { ONE, onPythons } from '../support/pythons.ts';
import { until } from '../support/until.ts';

onPythons(ONE, 'the passages', (python) => {
  it('tells of a save from its beginning to its end', async () => {
    const { trial, told } = open();
    await trial.run('x = 1');
    await trial.session.checkpoints.save({ name: 'mine' }).done;
    await until(
      () => told.some(({ transfer }) => transfer === null),
      () => 'the end of the save to be told',
    );
    const seen = told.flatMap(({ transfer }) => transfer ?? []);
    for (const { kind, name, automatic } of seen)
      expect([kind, name, automatic]).toEqual(['saving', 'mine', false]);
  });

  it('tells what did not come back, and no longer once its runs have been run again', async () => {
    const { trial, passages: transfers, restored } = open();
    const { checkpoints } = trial.session;
    await trial.run('x = 1');
    await trial.run('gen = (i for i in range(3))');
    await checkpoints.save({ name: 'mine' }).done;
    await checkpoints.restore('mine');
    await until(
      () => transfers.restored !== null,
      () => 'what came of the restore to be told',
    );
    expect(restored).toHaveLength(1);
    const { back, missing, runs, script } = transfers.restored as Restored;
    expect([back, missing.map(({ name, run }) => [name, run]), runs, script]).toEqual([
      1,
      [['gen', 2]],
      [2],
      'The script is back.',
    ]);
    await checkpoints.rebuild();
    expect(transfers.restored).toBe(null);
    expect(transfers.transfer).toBe(null);
  });

  it('leaves what is around a session alone where only names are restored', async () => {
    const { trial, restored } = open();
    const { checkpoints } = trial.session;
    await trial.run('x = 1; y = 2');
    await checkpoints.save({ name: 'mine' }).done;
    await trial.run('x = y = None');
    await checkpoints.restore('mine', { names: ['x'] });
    expect(restored).toEqual([]);
    expect(await trial.says('print(x, y)')).toBe('1 None\n');
  });

  it('tells nothing of a restore that failed but its end', async () => {
    const { trial, passages: transfers } = open();
    await trial.run('x = 1');
    const reasons: string[] = [];
    trial.session.checkpoints.on('unrestored', (reason) => reasons.push(reason));
    await expect(trial.session.checkpoints.restore('none')).rejects.toThrow('There is no checkpoint none');
    expect(reasons).toEqual([expect.stringMatching(/^There is no checkpoint none/)]);
    expect([transfers.transfer, transfers.restored]).toEqual([null, null]);
  });

  function open() {
    const told: { transfer: Transfer | null }[] = [];
    const restored: string[] = [];
    const send = ((name: string, transfer: Transfer | null) =>
      name === 'transfer' && told.push({ transfer })) as Send;
    const trial = openSaved(python);
    const transfers = new TransferProgress({
      send,
      nameOf: (wanted) => (typeof wanted === 'string' ? wanted : wanted.id),
      restored: async (checkpoint) => {
        restored.push(checkpoint);
        return 'The script is back.';
      },
    });
    transfers.follow(trial.session);
    return { told, restored, trial, passages: transfers };
  }
});
