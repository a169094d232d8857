/** What comes after a freeze: the first write to each page that the copy shares copies the page. */

import type { Session } from '../../../electron/supervisor/session.ts';
import type { Bench } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { printInSession } from '../runs/flood.ts';
import { interleave } from '../statistics.ts';
import { MS_PER_SECOND } from './freeze.ts';
import { ARRAY, DICTS, type Load, playAndKeep, withLoad } from './loads.ts';

const CASES: [words: string, Load, code: string][] = [
  ['first write of all of', ARRAY, 'held += 1'],
  // Looking at an object counts a reference to it, which is a write.
  ['first walk through', DICTS, 'for each in held: pass'],
];

interface Seen {
  faults: number[];
  /** In milliseconds. */
  pauses: number[];
}

/** Tells how long it took and how many pages it touched that were not its own. */
const timing = (code: string) => `
def touch():
    global held
    import resource, time
    faults = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    before, begin = faults(), time.perf_counter()
    ${code}
    seconds = time.perf_counter() - begin
    print(seconds, faults() - before)
`;

/** Time a change of everything after a freeze, and once more when all pages are the live state's own. */
export async function copies(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [words, load, code] of CASES) {
    const seen: Seen = { faults: [], pauses: [] };
    const samples = await withLoad(bench, load, async (session) => {
      await playAndKeep(session, timing(code));
      return interleave({ rounds: bench.isQuick ? 1 : 5 }, contestants(session, seen));
    });
    const found = samples ?? { ours: [], 'second time': [] };
    findings.push(
      findingOf(`${words} ${load.words} after a freeze`, 'ms', found, []),
      findingOf(`page faults of the ${words} ${load.words}`, 'faults', { ours: seen.faults }, []),
      // Huge pages that were written to have become small ones.
      findingOf(`freeze after the ${words} ${load.words}`, 'ms', { ours: seen.pauses }, []),
    );
  }
  return findings;
}

function contestants(session: Session, { faults, pauses }: Seen) {
  return {
    ours: async () => {
      session.keepsEveryRun = false;
      const [ms, count] = await touch(session);
      faults.push(count);
      return [ms];
    },
    'second time': async () => {
      const [ms] = await touch(session);
      // Each round begins with a freeze; only the newest state is held, and the one of the start.
      session.keepsEveryRun = true;
      const { pause } = await playAndKeep(session, 'x = 1');
      pauses.push((pause ?? Number.NaN) * MS_PER_SECOND);
      return [ms];
    },
  };
}

async function touch(session: Session): Promise<[ms: number, faults: number]> {
  const { bytes } = await printInSession(session, 'touch()');
  const [seconds, faults] = bytes.toString().trim().split(' ').map(Number);
  return [Number(seconds) * MS_PER_SECOND, Number(faults)];
}
