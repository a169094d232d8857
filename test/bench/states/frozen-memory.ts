/** What a frozen state takes for itself: memory, page tables, and one process. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../electron/supervisor/session.ts';
import { processesWith } from '../../support/processes.ts';
import type { Bench } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { megabytes, openTag, type Tag } from '../runs/memory.ts';
import { ARRAY, DICTS, type Load, NOTHING, playAndKeep, withLoad } from './loads.ts';

const CASES: Load[] = [NOTHING, ARRAY, DICTS];
const STATES = 10;
const BYTES_PER_MB = 1e6;
/** A session measures what its states hold when it rests, and again where it lets one go. */
const MEASURED_AFTER_MS = 700;
/** The host and the live state. */
const OTHERS = 2;

export async function frozenMemory(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const load of CASES) {
    const tag = openTag();
    const measured = await withLoad(bench, load, (session) => measure(session, tag), tag.env);
    const { held = [], tables = [], processes } = measured ?? {};
    const goal = { words: 'one process each', isMet: processes === STATES + 1 };
    findings.push(
      findingOf(
        `a frozen state's own memory, ${load.words}`,
        'MB',
        { ours: held },
        measured ? [{ kind: 'holds', ...goal }] : [],
      ),
      findingOf(`a frozen state's page tables, ${load.words}`, 'MB', { ours: tables }, []),
    );
  }
  return findings;
}

async function measure(session: Session, { variable }: Tag) {
  for (let count = 0; count < STATES; count += 1) {
    await playAndKeep(session, 'x = 1');
  }
  await wait(MEASURED_AFTER_MS);
  const pids = session.states.flatMap(({ pid }) => (pid === null ? [] : [pid]));
  return {
    held: session.held === null ? [] : [session.held / BYTES_PER_MB / pids.length],
    tables: pids.map((pid) => megabytes(`/proc/${pid}/status`, 'VmPTE')),
    processes: processesWith(variable).length - OTHERS,
  };
}
