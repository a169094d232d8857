/** The first output of a run that goes on. */

import { type Bench, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave } from '../statistics.ts';
import { timeToOutput } from './round-trip.ts';

/** Longer than anybody's timer, or the end of the run would bring its output. */
const GOES_ON_SECONDS = 0.25;
const IMPORT = 'import time';
const SLEEP = `time.sleep(${GOES_ON_SECONDS})`;
const COMPUTE = `end = time.monotonic() + ${GOES_ON_SECONDS}\nwhile time.monotonic() < end: pass`;

const CASES = [
  { name: 'first output, a line, then sleep', code: `${IMPORT}\nprint('x')\n${SLEEP}`, goalMs: 1 },
  {
    name: 'first output, no newline, then sleep',
    code: `${IMPORT}\nprint('x', end='')\n${SLEEP}`,
    goalMs: 10,
  },
  { name: 'first output, a line, then compute', code: `${IMPORT}\nprint('x')\n${COMPUTE}`, goalMs: 1 },
  {
    name: 'first output, no newline, then compute',
    code: `${IMPORT}\nprint('x', end='')\n${COMPUTE}`,
    goalMs: 10,
  },
];

/** Time the first output of runs that go on afterwards, asleep and at work. */
export async function firstOutput(bench: Bench): Promise<Finding[]> {
  const { ipykernel } = bench;
  const findings: Finding[] = [];
  for (const { name, code, goalMs } of CASES) {
    const samples = await withSession(bench, (session) =>
      interleave(
        { rounds: bench.isQuick ? 3 : 15, warmUp: 1 },
        {
          ours: async () => {
            const ms = await timeToOutput(session, code);
            await session.keep();
            return [ms];
          },
          ipykernel: ipykernel && (() => ipykernel.firstOutput(code, 1)),
        },
      ),
    );
    findings.push(findingOf(name, 'ms', samples, [{ kind: 'at most', value: goalMs }]));
  }
  return findings;
}
