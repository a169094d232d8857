/** A new session, without a pool. */

import { spawn } from 'node:child_process';
import { openSession } from '../../../electron/supervisor/session.ts';
import type { Bench } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave, timed } from '../statistics.ts';

/** Time a session to `ready` and to the end of its first run, and Python that does nothing. */
export async function coldStart(bench: Bench): Promise<Finding[]> {
  const { ipykernel } = bench;
  const firstRuns: number[] = [];
  const slowFirstRuns: number[] = [];
  const warmUp = 1;
  const samples = await interleave(
    { rounds: bench.isQuick ? 4 : 15, warmUp },
    {
      ours: async () => {
        const { ready, firstRun } = await started(bench);
        firstRuns.push(firstRun);
        return [ready];
      },
      python3: () => timed(1, () => pass(bench)),
      ipykernel:
        ipykernel &&
        (async () => {
          const { ready, firstRun } = await ipykernel.start();
          slowFirstRuns.push(firstRun);
          return [ready];
        }),
    },
  );
  const { python3 } = samples;
  const toFirstRun = { ours: firstRuns.slice(warmUp), python3, ipykernel: slowFirstRuns.slice(warmUp) };
  return [
    findingOf('cold start, to ready', 'ms', samples, [{ kind: 'at most times', value: 2, of: 'python3' }]),
    findingOf('cold start, to the end of a first run', 'ms', toFirstRun, [
      { kind: 'at most times', value: 2, of: 'python3' },
    ]),
  ];
}

async function started({ python, env }: Bench): Promise<{ ready: number; firstRun: number }> {
  const begin = performance.now();
  const session = openSession({ python, env });
  try {
    await session.whenReady();
    const ready = performance.now() - begin;
    await session.run('x = 1');
    return { ready, firstRun: performance.now() - begin };
  } finally {
    await session.close();
  }
}

/** Run `python3 -c pass`. */
function pass({ python, env }: Bench): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-c', 'pass'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
