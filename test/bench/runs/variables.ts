/** What it costs to look at the variables: until they are there, and the runs of a session that is looked at. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave, timed } from '../statistics.ts';

const NAMES = 1000;
/** Numbers, texts and lists in turn. */
const MAKE = `globals().update((f"name{n}", (n, str(n), [n] * 3)[n % 3]) for n in range(${NAMES}))`;
/** A person reads the prompt before the next line. */
const REST_MS = 100;

export function variables(bench: Bench): Promise<Finding[]> {
  return withSession(bench, (watched) =>
    withSession(bench, async (unwatched) => {
      await play(watched, MAKE);
      await play(unwatched, MAKE);
      return measure(bench, watched, unwatched);
    }),
  );
}

async function measure(bench: Bench, watched: Session, unwatched: Session): Promise<Finding[]> {
  const samples = await interleave(
    { rounds: bench.isQuick ? 10 : 60, warmUp: 2 },
    {
      listing: () => timeToVariables(watched),
      looked: () => timeOfRun(watched, true),
      alone: () => timeOfRun(unwatched, false),
    },
  );
  return [
    findingOf(
      `${NAMES.toLocaleString('en')} variables, from the end of a run`,
      'ms',
      { ours: samples.listing },
      [{ kind: 'at most', value: 60 }],
    ),
    findingOf(
      'run x = 1 in a session whose variables are looked at',
      'ms',
      { ours: samples.looked, 'nobody looks': samples.alone },
      [{ kind: 'at most times', value: 1.2, of: 'nobody looks' }],
    ),
  ];
}

async function timeToVariables(session: Session): Promise<number[]> {
  await play(session, 'x = 1');
  const begin = performance.now();
  await session.variables();
  return [performance.now() - begin];
}

/** A run, told as ever; who looks begins to when it has ended. */
async function timeOfRun(session: Session, isLookedAt: boolean): Promise<number[]> {
  const looking = isLookedAt ? session.variables() : null;
  await wait(REST_MS);
  await looking;
  return timed(1, () => play(session, 'x = 1'));
}
