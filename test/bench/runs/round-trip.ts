/** From code to its end, and from `print` to the client. */

import { encodeFrame } from '../../../electron/supervisor/protocol/frames.ts';
import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave, timed } from '../statistics.ts';
import { openEcho } from './echo.ts';

const NOTHING = 'x = 1';
const GREETING = "print('hi')";
const REQUEST = { kind: 'run', id: 1000, code: NOTHING, file: null, line: 1, style: 'prompt' };
const SAMPLES_A_ROUND = 100;
/** It is slow, and its median settles early. */
const SLOW_SAMPLES_A_ROUND = 8;

/** Time `x = 1` to done, output complete, and `print('hi')` to its bytes. */
export async function roundTrip(bench: Bench): Promise<Finding[]> {
  const echo = openEcho();
  const request = encodeFrame(REQUEST);
  const { ipykernel } = bench;
  const samples = await withSession(bench, (session) =>
    interleave(
      { rounds: bench.isQuick ? 10 : 40, warmUp: 2 },
      {
        nothing: () => timedRuns(session, SAMPLES_A_ROUND),
        floor: () => echo.apart(() => timed(SAMPLES_A_ROUND, () => echo.send(request))),
        slowNothing: ipykernel && (() => ipykernel.run(NOTHING, SLOW_SAMPLES_A_ROUND)),
        greeting: () => timedGreetings(session, SAMPLES_A_ROUND),
        slowGreeting: ipykernel && (() => ipykernel.firstOutput(GREETING, SLOW_SAMPLES_A_ROUND)),
      },
    ),
  ).finally(() => echo.close());
  return [
    findingOf(
      'run x = 1, to done',
      'ms',
      { ours: samples.nothing, floor: samples.floor, ipykernel: samples.slowNothing },
      [
        { kind: 'at most', value: 0.3 },
        { kind: 'at most times', value: 3, of: 'floor' },
        { kind: 'times less', value: 15, than: 'ipykernel' },
      ],
    ),
    findingOf(
      "print('hi'), to the client",
      'ms',
      { ours: samples.greeting, ipykernel: samples.slowGreeting },
      [{ kind: 'at most', value: 0.3 }],
    ),
  ];
}

/** Each begins when the state after the one before is kept, as those of a person do. */
async function timedRuns(session: Session, times: number): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 0; time < times; time += 1) {
    samples.push(...(await timed(1, () => play(session, NOTHING))));
    await session.keep();
  }
  return samples;
}

async function timedGreetings(session: Session, times: number): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 0; time < times; time += 1) {
    samples.push(await timeToOutput(session, GREETING));
    await session.keep();
  }
  return samples;
}

/** Return how long the first output of this code takes, in milliseconds, when all of it has run. */
export async function timeToOutput(session: Session, code: string): Promise<number> {
  const begin = performance.now();
  let arrived = Number.NaN;
  session.once('output', () => {
    arrived = performance.now();
  });
  await play(session, code);
  return arrived - begin;
}
