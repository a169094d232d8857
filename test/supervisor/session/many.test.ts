/** Sessions beside each other. */

import { expect, it } from 'vitest';
import { ONE, onPythons, PYTHONS } from '../../support/pythons.ts';
import { openTrial } from '../../support/session.ts';

onPythons(ONE, 'twenty sessions', (python) => {
  it('live at once, independent of each other', { timeout: 60_000 }, async () => {
    const trials = Array.from({ length: 20 }, () => openTrial(python));
    await Promise.all(trials.map((trial, index) => trial.says(`x = ${index}`)));
    await trials[3]?.run('import os; os.kill(os.getpid(), 9)');
    const busy = trials[4]?.run('while True: pass');
    const others = trials.filter((_, index) => index !== 3 && index !== 4);
    const said = await Promise.all(others.map((trial) => trial.says('for i in range(1000): print(x, i)\n')));
    const expected = others.map((trial) =>
      Array.from({ length: 1000 }, (_, index) => `${trials.indexOf(trial)} ${index}\n`).join(''),
    );
    expect(said).toEqual(expected);
    trials[4]?.session.interrupt();
    expect((await busy)?.outcome).toBe('interrupted');
    expect(await trials[4]?.says('x')).toBe('4\n');
  });
});

it('of different versions live side by side', async () => {
  const trials = PYTHONS.map((python) => openTrial(python));
  const said = await Promise.all(
    trials.map((trial) => trial.says('import sys; print("%d.%d" % sys.version_info[:2])')),
  );
  expect(said).toEqual(PYTHONS.map(({ version }) => `${version}\n`));
  const told = await Promise.all(trials.map((trial) => trial.session.whenReady()));
  expect(told.map(({ python }) => python.split('.').slice(0, 2).join('.'))).toEqual(
    PYTHONS.map(({ version }) => version),
  );
});
