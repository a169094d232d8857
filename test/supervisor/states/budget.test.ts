/** The copies stay within bounds: of their number, and of the memory that they hold. */

import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

const MEGABYTE = 2 ** 20;

function asleep(trial: Trial): number[] {
  return trial.session.states.filter(({ copy }) => copy === 'frozen').map(({ id }) => id);
}

onPythons(ONE, 'the copies', (python) => {
  it('are never more than allowed, and a named one stays', async () => {
    const trial = openTrial(python, { states: { limit: 6 } });
    await trial.says('x = 0');
    await trial.session.name('first');
    for (let run = 0; run < 20; run += 1) await trial.says('x += 1');
    await trial.session.keep();
    expect(asleep(trial)).toHaveLength(6);
    await until(
      () => trial.processes().length === 8,
      () => `host, live state and 6 copies, not ${trial.processes().length} processes`,
    );
    await expect(trial.session.goTo(2)).rejects.toThrow(
      'There is no copy of state 2 (evicted: more than 6 were kept). The nearest before it is 1: %goto 1.',
    );
    await trial.session.goTo('first');
    expect(await trial.says('x')).toBe('0\n');
  });

  it('hold only what has changed since, and go when that is too much', async () => {
    const trial = openTrial(python, { states: { budget: 60 * MEGABYTE } });
    await trial.says('big = bytearray(b"x") * 20_000_000');
    await trial.says('1');
    await until(
      () => trial.session.held !== null && trial.session.held > 0,
      () => 'the memory to be measured',
    );
    // 20 MB, shared by the live state and all copies, are held by nobody alone.
    expect(trial.session.held).toBeLessThan(15 * MEGABYTE);
    for (let run = 0; run < 6; run += 1) {
      await trial.says('big[:] = bytes(20_000_000)');
      await trial.session.keep();
    }
    await until(
      () => (trial.session.held ?? Number.POSITIVE_INFINITY) <= 60 * MEGABYTE && asleep(trial).length < 8,
      () => `less than ${trial.session.held} bytes in ${asleep(trial).length} copies`,
    );
    const gone = trial.session.states.find(({ copy }) => copy === 'gone');
    expect(gone?.reason).toBe('evicted: to stay within the memory budget');
    // The state that a crash goes back to stays in any case.
    expect((await trial.run('import os; os._exit(1)')).outcome).toBe('died');
    expect(await trial.says('len(big)')).toBe('20000000\n');
  });

  it('count with what they hold the space of files that the program has removed and closed', async () => {
    const trial = openTrial(python, { states: { budget: 80 * MEGABYTE } });
    await trial.says(
      'import tempfile; file = tempfile.TemporaryFile(); file.write(bytes(64 << 20)) and None',
    );
    await trial.says('file.flush()');
    await trial.says('file.close()');
    await until(
      () => (trial.session.held ?? 0) > 64 * MEGABYTE,
      () => `more than 64 MB, not ${trial.session.held} bytes`,
    );
    await trial.says('file = tempfile.TemporaryFile(); file.write(bytes(64 << 20)) and None; file.flush()');
    await trial.says('file.close()');
    await until(
      () => (trial.session.held ?? Number.POSITIVE_INFINITY) < 80 * MEGABYTE && asleep(trial).length < 5,
      () => `the copies that refer to the first file to go, not ${trial.session.held} bytes`,
    );
  });

  it('are of few processes after many undos, so that keeping one stays quick', async () => {
    const trial = openTrial(python);
    await trial.says('x = 0');
    for (let round = 0; round < 40; round += 1) {
      await trial.says('x += 1');
      await trial.says('x += 100');
      await trial.session.undo();
    }
    await trial.session.keep();
    const frozen = trial.session.states.filter(({ copy }) => copy === 'frozen');
    expect(new Set(frozen.map(({ life }) => life)).size).toBeLessThanOrEqual(20);
    expect(await trial.says('x')).toBe('40\n');
    await trial.session.undo(10);
    // The look was a run too.
    expect(await trial.says('x')).toBe('31\n');
  });

  it('are kept only when asked for, where that is the setting', async () => {
    const trial = openTrial(python, { states: { keep: 'when asked' } });
    await trial.says('x = 1');
    await trial.says('x = 2');
    expect(asleep(trial)).toEqual([]);
    await trial.session.keep();
    expect(asleep(trial)).toEqual([2]);
    await trial.says('x = 3');
    await trial.session.undo();
    expect(await trial.says('x')).toBe('2\n');
    // Leaving a state keeps it, so that it can be gone back to.
    await trial.session.goTo(3);
    expect(await trial.says('x')).toBe('3\n');
  });
});
