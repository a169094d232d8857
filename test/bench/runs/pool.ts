/** A session that a pool has ready. */

import { openPool, type Pool } from '../../../electron/supervisor/pool.ts';
import type { Bench } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';

const LOOK_EVERY_MS = 5;

/** Time the handing over, and the first run behind it. */
export async function pooled({ python, env, isQuick }: Bench): Promise<Finding[]> {
  const pool = openPool({ session: { python, env } });
  const [handedOver, firstRun]: [number[], number[]] = [[], []];
  try {
    for (let round = isQuick ? 10 : 40; round > 0; round -= 1) {
      await ready(pool);
      const begin = performance.now();
      const session = await pool.acquire();
      handedOver.push(performance.now() - begin);
      await session.run('x = 1');
      firstRun.push(performance.now() - begin);
      await pool.release(session);
    }
  } finally {
    await pool.close();
  }
  return [
    findingOf('a session from a pool', 'ms', { ours: handedOver }, [{ kind: 'at most', value: 0.05 }]),
    findingOf('a session from a pool, to the end of a first run', 'ms', { ours: firstRun }, [
      { kind: 'at most', value: 2 },
    ]),
  ];
}

async function ready(pool: Pool): Promise<void> {
  while (pool.counts.idle === 0) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
