/** From the wish to stop to the end of the run. */

import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave } from '../statistics.ts';

const LOOP = "print('on')\nwhile True: pass\n";
/** People do not press Ctrl-C in step with anybody's timer. */
const LONGEST_WAIT_MS = 8;
const SAMPLES_A_ROUND = 20;

export async function interrupt(bench: Bench): Promise<Finding[]> {
  const { ipykernel } = bench;
  const samples = await withSession(bench, (session) =>
    interleave(
      { rounds: bench.isQuick ? 5 : 25, warmUp: 1 },
      {
        ours: () => interrupted(session, SAMPLES_A_ROUND),
        ipykernel: ipykernel && (() => ipykernel.interrupt(LOOP, 4)),
      },
    ),
  );
  return [
    findingOf('interrupt of while True: pass, to reply', 'ms', samples, [
      { kind: 'at most', value: 1 },
      { kind: 'at most', value: 5, of: 'p99' },
    ]),
  ];
}

async function interrupted(session: Session, times: number): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const isOn = once(session, 'output');
    const over = session.run(LOOP);
    await isOn;
    await wait(1 + Math.random() * LONGEST_WAIT_MS);
    const begin = performance.now();
    session.interrupt();
    const { outcome } = await over;
    samples.push(performance.now() - begin);
    if (outcome !== 'interrupted') {
      throw new Error(`An interrupted run ${outcome}.`);
    }
  }
  return samples;
}
