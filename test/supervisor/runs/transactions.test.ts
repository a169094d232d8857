/** What becomes of a run's effects: kept, dropped, or waiting for a word. */

import { expect, it } from 'vitest';
import type { Policy } from '../../../electron/supervisor/session.ts';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';

async function begun(python: Parameters<typeof openTrial>[0]): Promise<Trial> {
  const trial = openTrial(python);
  await trial.says('data = [1]');
  return trial;
}

const FINE = 'data.append(2)';
const FAILING = 'data.append(2); 1 / 0';

const MEANINGS: [Policy, string, boolean][] = [
  ['commit_always', FINE, true],
  ['commit_always', FAILING, true],
  ['commit_on_success', FINE, true],
  ['commit_on_success', FAILING, false],
  ['rollback_on_failure', FINE, true],
  ['rollback_on_failure', FAILING, false],
  ['rollback_always', FINE, false],
  ['rollback_always', FAILING, false],
  ['explicit', FINE, true],
  ['explicit', FAILING, true],
];

onPythons(ONE, 'a policy', (python) => {
  it.each(MEANINGS)('%s, after %s, keeps what was done: %s', async (policy, code, isKept) => {
    const trial = await begun(python);
    const { outcome, kept, output } = await trial.run(code, { policy });
    expect([outcome, kept]).toEqual([code === FINE ? 'ok' : 'raised', isKept]);
    expect(output.includes('ZeroDivisionError')).toBe(code === FAILING);
    expect(await trial.says('data')).toBe(isKept ? '[1, 2]\n' : '[1]\n');
  });

  it('of a dry run reports what it would change, and touches nothing', async () => {
    const trial = await begun(python);
    await trial.says('gone = 1; other = 2');
    const { changes, kept } = await trial.run('data.append(2); new = 1; other = 3; del gone', {
      policy: 'rollback_always',
    });
    expect(kept).toBe(false);
    expect(changes).toMatchObject({
      added: ['new'],
      rebound: ['other'],
      changed: ['data'],
      removed: ['gone'],
    });
    expect(await trial.says('data, gone, other, "new" in globals()')).toBe('([1], 1, 2, False)\n');
  });

  it('of a dry run lets the runs that wait go on', async () => {
    const trial = await begun(python);
    const dry = trial.session.run('data.clear()', { policy: 'rollback_always' });
    const next = trial.session.run('data.append(2)');
    expect([(await dry).kept, (await next).outcome]).toEqual([false, 'ok']);
    expect(await trial.says('data')).toBe('[1, 2]\n');
  });

  it('explicit leaves a transaction open', async () => {
    const trial = await begun(python);
    await trial.run(FINE, { policy: 'explicit' });
    expect(trial.session.transactions).toHaveLength(1);
    await trial.session.rollback();
    expect(await trial.says('data')).toBe('[1]\n');
    expect(trial.session.transactions).toEqual([]);
  });

  it('that may roll back refuses a run where there is no going back', async () => {
    const trial = await begun(python);
    // A thread that no signal reaches cannot be copied.
    await trial.says(
      'import ctypes, threading\n' +
        'def mask():\n' +
        '    libc = ctypes.CDLL(None); every = ctypes.c_ulong(-1)\n' +
        '    libc.syscall(14, 2, ctypes.byref(every), None, 8); libc.sleep(5)\n' +
        'threading.Thread(target=mask, name="deaf", daemon=True).start()\n' +
        'import time; time.sleep(0.1)',
    );
    const { outcome, failure } = await trial.run(FINE, { policy: 'rollback_always' });
    expect([outcome, failure?.text]).toEqual(['refused', expect.stringContaining('deaf')]);
    const { outcome: plain } = await trial.run(FINE);
    expect(plain).toBe('ok');
    expect(await trial.says('data')).toBe('[1, 2]\n');
  });
});

onPythons(ONE, 'transactions', (python) => {
  it('are kept by a commit and dropped by a rollback, over several runs', async () => {
    const trial = await begun(python);
    await trial.session.begin();
    await trial.says('data.append(2)');
    await trial.says('data.append(3)');
    trial.session.commit();
    expect(await trial.says('data')).toBe('[1, 2, 3]\n');
    await trial.session.begin();
    await trial.says('data.clear()');
    await trial.says('del data');
    await trial.session.rollback();
    expect(await trial.says('data')).toBe('[1, 2, 3]\n');
  });

  it('nest', async () => {
    const trial = await begun(python);
    await trial.session.begin();
    await trial.says('data.append(2)');
    await trial.session.begin();
    await trial.says('data.append(3)');
    await trial.session.rollback();
    expect(await trial.says('data')).toBe('[1, 2]\n');
    await trial.session.begin();
    await trial.says('data.append(4)');
    trial.session.commit();
    expect(await trial.says('data')).toBe('[1, 2, 4]\n');
    await trial.session.rollback();
    expect(await trial.says('data')).toBe('[1]\n');
    expect(() => trial.session.commit()).toThrow('There is no transaction to commit; %begin opens one.');
    await expect(trial.session.rollback()).rejects.toThrow('There is no transaction to roll back');
  });

  it('survive a crash within them, and end with an undo that goes back before them', async () => {
    const trial = await begun(python);
    await trial.says('1');
    await trial.session.begin();
    await trial.says('data.append(2)');
    expect((await trial.run('import os; os._exit(1)')).outcome).toBe('died');
    expect(trial.session.transactions).toHaveLength(1);
    expect(await trial.says('data')).toBe('[1, 2]\n');
    await trial.session.goTo(1);
    expect(trial.session.transactions).toEqual([]);
  });

  it('cannot be begun, nor anything undone, while a run goes on', async () => {
    const trial = await begun(python);
    const run = trial.session.run('while True: pass');
    await trial.becomes('running');
    for (const act of [
      () => trial.session.begin(),
      () => trial.session.undo(),
      () => trial.session.rollback(),
    ]) {
      await expect(act()).rejects.toThrow('A run is going on; stop it first.');
    }
    trial.session.interrupt();
    expect((await run).outcome).toBe('interrupted');
    await trial.session.undo();
    expect(await trial.says('data')).toBe('[1]\n');
  });
});
