/** From undo, and from redo, to the end of a first run in the state that was gone to. */

import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, play } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave, timed } from '../statistics.ts';
import { ARRAY, DICTS, type Load, NOTHING, playAndKeep, withLoad } from './loads.ts';

const CASES: [Load, goalMs: number][] = [
  [NOTHING, 3],
  [ARRAY, 10],
  [DICTS, 20],
];

export async function undo(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [load, value] of CASES) {
    const samples = await withLoad(bench, load, (session) => moves(bench, session));
    const { back = [], forth = [] } = samples ?? {};
    findings.push(
      findingOf(`undo to first reply, ${load.words}`, 'ms', { ours: back }, [{ kind: 'at most', value }]),
      findingOf(`redo to first reply, ${load.words}`, 'ms', { ours: forth }, [{ kind: 'at most', value }]),
    );
  }
  return findings;
}

function moves(bench: Bench, session: Session): Promise<Record<'back' | 'forth', number[]>> {
  const { id: base } = session.state;
  return interleave(
    { rounds: bench.isQuick ? 5 : 25, warmUp: 1 },
    {
      back: () => timeUndo(session),
      forth: async () => {
        await session.undo();
        const samples = await timed(1, () => session.redo().then(() => play(session, '1')));
        await session.keep();
        // All samples begin with the same state, so that the line of copies of copies does not grow.
        await session.goTo(base);
        return samples;
      },
    },
  );
}

/** Undo a run, and run something else in its place; return how long that took, in milliseconds. */
export async function timeUndo(session: Session): Promise<number[]> {
  await playAndKeep(session, 'x = 1');
  const samples = await timed(1, () => session.undo().then(() => play(session, '1')));
  await session.keep();
  return samples;
}
