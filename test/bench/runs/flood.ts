/** Floods: a million short lines, from one thread and from eight, and lines that are flushed one by one. */

import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf, type Goal } from '../finding.ts';
import { interleave } from '../statistics.ts';
import { badLines, type Expected } from './lines.ts';
import { type Printed, printThroughPipe } from './pipe.ts';

const LINES = 1_000_000;
/** ipykernel takes most of a minute for a million lines of several threads. */
const QUICK_LINES_OF_THREADS = 200_000;
const THREADS = 8;
const FLUSHED_LINES = 20_000;
const MS_PER_SECOND = 1000;

interface Flood extends Expected {
  words: string;
  code: string;
  goals: Goal[];
}

const LIMITS: Goal[] = [
  { kind: 'at most times', value: 1.5, of: 'pipe' },
  { kind: 'times less', value: 5, than: 'ipykernel' },
];

/** Time the floods to the end of the run, and look at every line. */
export async function floods(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const flood of [short(), fromThreads(bench.isQuick ? QUICK_LINES_OF_THREADS : LINES), flushed()]) {
    findings.push(await withSession(bench, (session) => timeFlood(bench, session, flood)));
  }
  return findings;
}

function short(): Flood {
  const code = `for i in range(${LINES}): print(i)`;
  return { words: 'short lines', code, threads: 1, lines: LINES, goals: LIMITS };
}

function fromThreads(total: number): Flood {
  const lines = total / THREADS;
  const code = `
import threading
def talk(thread):
    for i in range(thread * ${lines}, (thread + 1) * ${lines}): print(i)
threads = [threading.Thread(target=talk, args=(thread,)) for thread in range(${THREADS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
`;
  return { words: `short lines from ${THREADS} threads`, code, threads: THREADS, lines, goals: LIMITS };
}

function flushed(): Flood {
  const code = `for i in range(${FLUSHED_LINES}): print(i, flush=True)`;
  const goals: Goal[] = [{ kind: 'at most times', value: 2.5, of: 'pipe' }];
  return { words: 'print(…, flush=True)', code, threads: 1, lines: FLUSHED_LINES, goals };
}

async function timeFlood(bench: Bench, session: Session, flood: Flood): Promise<Finding> {
  const { ipykernel } = bench;
  let bad = 0;
  // It takes so long that a second time says no more.
  let isFirst = true;
  const samples = await interleave(
    { rounds: bench.isQuick ? 2 : 9 },
    {
      ours: async () => {
        const { ms, bytes } = await printInSession(session, flood.code);
        bad += badLines(bytes, flood);
        return [ms / MS_PER_SECOND];
      },
      pipe: async () => [(await printThroughPipe(bench, flood.code)).ms / MS_PER_SECOND],
      ipykernel: async () => {
        const printed = isFirst ? await ipykernel?.print(flood.code) : undefined;
        isFirst = false;
        return printed ? [printed.ms / MS_PER_SECOND] : [];
      },
    },
  );
  const name = `${(flood.threads * flood.lines).toLocaleString('en')} ${flood.words}`;
  const words = bad === 0 ? 'none lost or torn' : `none lost or torn (${bad} are)`;
  return findingOf(name, 's', samples, [...flood.goals, { kind: 'holds', words, isMet: bad === 0 }]);
}

/** Run code that must succeed; return what it printed, and how long it took to its end. */
export async function printInSession(session: Session, code: string): Promise<Printed> {
  const pieces: Buffer[] = [];
  const read = (bytes: Buffer) => void pieces.push(bytes);
  session.on('output', read);
  const begin = performance.now();
  await play(session, code);
  const ms = performance.now() - begin;
  session.off('output', read);
  return { ms, bytes: Buffer.concat(pieces) };
}
