/** The same state by other means: pickled and read back, or made once more by running its code again. */

import type { Session } from '../../../electron/supervisor/session.ts';
import type { Bench } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { MS_PER_SECOND } from '../states/freeze.ts';
import { ARRAY, DICTS, FRAME, type Load, playAndKeep, withLoad } from '../states/loads.ts';
import { timeUndo } from '../states/undo.ts';
import { interleave } from '../statistics.ts';
import { openPickler, type Pickler } from './pickler.ts';

const CASES: Load[] = [ARRAY, DICTS, FRAME];
/** dill takes ten seconds for the dicts. */
const SLOW: Load = DICTS;
type Means = 'pickle' | 'cloudpickle' | 'dill' | 'running again';

/** Time freeze and undo of a state, and what takes their place without states. */
export async function saving(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const load of CASES) {
    const measured = await withLoad(bench, load, async (session) => {
      const pickler = await openPickler(bench, load.code);
      try {
        return await compare(bench, load, session, pickler);
      } finally {
        await pickler.close();
      }
    });
    const { saved, loaded } = measured ?? { saved: { ours: [] }, loaded: { ours: [] } };
    findings.push(
      findingOf(`keep ${load.words}`, 'ms', saved, []),
      findingOf(`bring back ${load.words}`, 'ms', loaded, []),
    );
  }
  return findings;
}

async function compare({ isQuick }: Bench, load: Load, session: Session, pickler: Pickler) {
  const rounds = isQuick ? 1 : 3;
  const loaded: Record<Means, number[]> = { pickle: [], cloudpickle: [], dill: [], 'running again': [] };
  const back: number[] = [];
  const save = (means: Means) => async () => {
    const times = await pickler.save(means);
    loaded[means].push(...times.slice(1));
    return times.slice(0, 1);
  };
  const saved = await interleave(
    { rounds },
    {
      ours: async () => {
        const { pause } = await playAndKeep(session, 'x = 1');
        back.push(...(await timeUndo(session)));
        return pause === null ? [] : [pause * MS_PER_SECOND];
      },
      pickle: save('pickle'),
      cloudpickle: save('cloudpickle'),
      dill: isQuick && load === SLOW ? null : save('dill'),
    },
  );
  for (let round = 0; round < rounds; round += 1) {
    loaded['running again'].push(...(await pickler.makeAgain()));
  }
  return { saved, loaded: { ours: back, ...loaded } };
}
