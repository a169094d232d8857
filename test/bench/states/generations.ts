/** A freeze when the live state is a copy of a copy of a copy: the kernel keeps track of all that a page may be in. */

import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { MS_PER_SECOND } from './freeze.ts';
import { playAndKeep } from './loads.ts';

const STEPS = [10, 50, 200];
const QUICK_STEPS = [10, 30];
const SAMPLES = 15;

/** Time a freeze after so many undos, each followed by a run, along one line of states. */
export function generations(bench: Bench): Promise<Finding[]> {
  return withSession(bench, async (session) => {
    const findings: Finding[] = [];
    await playAndKeep(session, 'x = 0');
    const first = await pauses(session);
    let undone = 0;
    for (const steps of bench.isQuick ? QUICK_STEPS : STEPS) {
      for (; undone < steps; undone += 1) {
        await playAndKeep(session, 'x += 1');
        await playAndKeep(session, 'x += 1');
        await session.undo();
      }
      const samples = { ours: await pauses(session), 'first generation': first };
      findings.push(findingOf(`freeze after ${steps} undos in one line`, 'ms', samples, []));
    }
    return findings;
  });
}

async function pauses(session: Session): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 0; time < SAMPLES; time += 1) {
    const { pause } = await playAndKeep(session, 'y = 1');
    samples.push((pause ?? Number.NaN) * MS_PER_SECOND);
  }
  return samples;
}
