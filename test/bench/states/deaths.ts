/** Back in the state before the run, after Python has died in it: by itself, and as it was told to. */

import { once } from 'node:events';
import type { Outcome, Session } from '../../../electron/supervisor/session.ts';
import type { Bench } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave, timed } from '../statistics.ts';
import { ARRAY, type Load, NOTHING, withLoad } from './loads.ts';

const CRASH = 'import os; os.kill(os.getpid(), 11)';
/** It looks at no signal before it is over, which takes days. */
const C_LOOP = "print('on')\nsum(range(10 ** 14))";
const CRASH_GOAL_MS = 100;

const CASES: [Load, stopGoalMs: number | null][] = [
  [NOTHING, 15],
  [ARRAY, null],
];

export async function deaths(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [load, stopGoalMs] of CASES) {
    const samples = await withLoad(bench, load, (session) =>
      interleave(
        { rounds: bench.isQuick ? 4 : 20, warmUp: 1 },
        { crash: () => timeCrash(session), stop: () => timeStop(session) },
      ),
    );
    const { crash = [], stop = [] } = samples ?? {};
    findings.push(
      findingOf(`back after a crash, ${load.words}`, 'ms', { ours: crash }, [
        { kind: 'at most', value: CRASH_GOAL_MS },
      ]),
      findingOf(
        `hard stop of a C loop, ${load.words}`,
        'ms',
        { ours: stop },
        stopGoalMs === null ? [] : [{ kind: 'at most', value: stopGoalMs }],
      ),
    );
  }
  return findings;
}

function timeCrash(session: Session): Promise<number[]> {
  return timed(1, () => session.run(CRASH).then((outcome) => mustDie(session, outcome)));
}

async function timeStop(session: Session): Promise<number[]> {
  const isOn = once(session, 'output');
  const over = session.run(C_LOOP);
  await isOn;
  return timed(1, () => {
    session.kill();
    return over.then((outcome) => mustDie(session, outcome));
  });
}

/** The run cost its own effects, and nothing else: the state before it is the live one. */
function mustDie({ status }: Session, { outcome, end }: Outcome): void {
  if (outcome !== 'died' || status.kind !== 'idle') {
    throw new Error(
      `A run that Python should die in ${outcome}, the session is ${status.kind}: ${end?.words}`,
    );
  }
}
