/** The live process killed at random moments: no state lost but the run's own, and nothing left behind. */

import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ONE, onPythons } from '../../support/pythons.ts';
import { openTrial, type Trial } from '../../support/session.ts';
import { until } from '../../support/until.ts';

/** `PYREPL3_KILLS=1000` makes it the long test that it wants to be. */
const KILLS = Number(process.env.PYREPL3_KILLS ?? 60);
const EACH_MS = 1500;
/** A run, its end, and the copy that follows all fall into this time. */
const SPREAD_MS = 8;

/** A pseudo-random number from 0 to 1, the same in each test run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function descriptors(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Resolve with the live state's process, once the session rests. */
async function livePid(trial: Trial): Promise<number> {
  return Number(await trial.says('print(os.getpid())'));
}

onPythons(ONE, 'kills at random moments', (python) => {
  it(`cost no state but the run’s own, ${KILLS} times`, { timeout: 30_000 + KILLS * EACH_MS }, async () => {
    const random = numbers(20_261_125);
    const trial = openTrial(python, { states: { limit: 40 } });
    await trial.says('import os, threading; count = 0; held = [bytes(1000) for _ in range(1000)]');
    await trial.says('threading.Thread(target=threading.Event().wait, daemon=True).start()');
    const host = Number(await trial.says('print(os.getppid())'));
    await trial.session.keep();
    let expected = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const pid = await livePid(trial);
      await trial.session.keep();
      const back = new Promise((resolve) => trial.session.once('death', resolve));
      const run = trial.run('count += 1\nfor _ in range(2000): pass');
      await new Promise((resolve) => setTimeout(resolve, random() * SPREAD_MS));
      process.kill(pid, 'SIGKILL');
      const { outcome } = await run;
      // Killed after its end, the run counts as going on until its state is kept.
      await back;
      const count = Number(await trial.says('print(count)'));
      expect([expected, expected + 1]).toContain(count);
      if (outcome === 'died') expect(count).toBe(expected);
      expected = count;
    }
    await trial.session.keep();
    const asleep = trial.session.states.filter(({ copy }) => copy === 'frozen').length;
    // The host, the live state and the copies; of the host's descriptors one for each copy.
    await until(
      () => trial.processes().length === asleep + 2,
      () => `${asleep + 2} processes, not ${trial.processes().length}`,
    );
    expect(descriptors(host)).toBeLessThan(asleep + 20);
  });
});
