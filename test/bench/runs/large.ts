/** A hundred megabytes in large writes. */

import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave } from '../statistics.ts';
import { openTag, peakMegabytes } from './memory.ts';
import { printThroughPipe } from './pipe.ts';

const WRITES = 100;
const CODE = `
import sys
block = ('x' * 99 + '\\n') * 10_000
for _ in range(${WRITES}): sys.stdout.write(block)
`;
/** Newlines arrive as the terminal makes them: with a return before each. */
const ARRIVING_BYTES = WRITES * 10_000 * 101;
const MS_PER_SECOND = 1000;
/** What a bounded queue may hold; unbounded, it would be 100 MB and more. */
const GROWTH_LIMIT_MB = 50;

export async function largeWrites(bench: Bench): Promise<Finding[]> {
  const tag = openTag();
  const firstBytes: number[] = [];
  const { ipykernel } = bench;
  const growth: number[] = [];
  const samples = await withSession(
    bench,
    async (session) => {
      const before = peakMegabytes(tag, session);
      const taken = await interleave(
        { rounds: bench.isQuick ? 2 : 7 },
        {
          ours: async () => {
            const { first, all } = await timeWrites(session);
            firstBytes.push(first);
            return [all / MS_PER_SECOND];
          },
          pipe: async () => [(await printThroughPipe(bench, CODE)).ms / MS_PER_SECOND],
          ipykernel: ipykernel && (async () => [(await ipykernel.print(CODE)).ms / MS_PER_SECOND]),
        },
      );
      growth.push(peakMegabytes(tag, session) - before);
      return taken;
    },
    tag.env,
  );
  return [
    findingOf('100 MB in large writes', 's', samples, [{ kind: 'at most', value: 1.5 }]),
    findingOf('100 MB, to its first bytes', 'ms', { ours: firstBytes }, [{ kind: 'at most', value: 50 }]),
    findingOf("100 MB, growth of Python's peak memory", 'MB', { ours: growth }, [
      { kind: 'at most', value: GROWTH_LIMIT_MB },
    ]),
  ];
}

async function timeWrites(session: Session): Promise<{ first: number; all: number }> {
  let bytesRead = 0;
  let first = Number.NaN;
  const begin = performance.now();
  const read = (bytes: Buffer) => {
    first = bytesRead === 0 ? performance.now() - begin : first;
    bytesRead += bytes.length;
  };
  session.on('output', read);
  await play(session, CODE);
  const all = performance.now() - begin;
  session.off('output', read);
  if (bytesRead !== ARRIVING_BYTES) {
    throw new Error(`Of ${ARRIVING_BYTES} bytes ${bytesRead} arrived.`);
  }
  return { first, all };
}
