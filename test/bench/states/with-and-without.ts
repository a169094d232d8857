/** What a run costs more where a copy of each state is kept. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { printInSession } from '../runs/flood.ts';
import { interleave, timed } from '../statistics.ts';

const CODE = 'x = 1';
/** By then the copy is made. */
const REST_MS = 10;
const SAMPLES_A_ROUND = 20;
const COUNT = `
import resource
def faults(): return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
`;

/** Time `x = 1` in two sessions, one that keeps every run and one that keeps none: with rests, and without. */
export function withAndWithout(bench: Bench): Promise<Finding[]> {
  return withSession(bench, (keeping) =>
    withSession(bench, (forgetful) => {
      forgetful.keepsEveryRun = false;
      return compare(bench, keeping, forgetful);
    }),
  );
}

async function compare(bench: Bench, keeping: Session, forgetful: Session): Promise<Finding[]> {
  for (const session of [keeping, forgetful]) {
    await play(session, COUNT);
  }
  const samples = await interleave(
    { rounds: bench.isQuick ? 5 : 30, warmUp: 1 },
    {
      rested: () => rested(keeping),
      restedWithout: () => rested(forgetful),
      hasty: () => timed(SAMPLES_A_ROUND, () => play(keeping, CODE)),
      hastyWithout: () => timed(SAMPLES_A_ROUND, () => play(forgetful, CODE)),
      faults: () => countFaults(keeping),
      faultsWithout: () => countFaults(forgetful),
    },
  );
  return [
    findingOf(
      'run x = 1, after a rest',
      'ms',
      { ours: samples.rested, 'without states': samples.restedWithout },
      [],
    ),
    findingOf(
      'run x = 1, back to back',
      'ms',
      { ours: samples.hasty, 'without states': samples.hastyWithout },
      [],
    ),
    findingOf(
      'page faults of a run and what follows it',
      'faults',
      { ours: samples.faults, 'without states': samples.faultsWithout },
      [],
    ),
  ];
}

/** Count from one run to the next: what the freeze between them makes them copy is in it. */
async function countFaults(session: Session): Promise<number[]> {
  const counts: number[] = [];
  for (let time = 0; time < 2; time += 1) {
    await wait(REST_MS);
    counts.push(Number((await printInSession(session, 'print(faults())')).bytes.toString()));
  }
  const [before = 0, after = 0] = counts;
  return [after - before];
}

async function rested(session: Session): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 0; time < SAMPLES_A_ROUND; time += 1) {
    await wait(REST_MS);
    samples.push(...(await timed(1, () => play(session, CODE))));
  }
  return samples;
}
