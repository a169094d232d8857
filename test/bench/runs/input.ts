/** From an answer to the program that asked for it. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Session, Status } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave } from '../statistics.ts';

const ANSWERS_A_ROUND = 25;
/** An answer comes from a person: by then the program sleeps. */
const PERSON_MS = 2;
const NS_PER_MS = 1e6;

/** Prints, for each answer, when the program had it: the monotonic clock is the same for all processes. */
const code = (times: number) =>
  `import time\nfor _ in range(${times}):\n    input()\n    print(time.monotonic_ns())\n`;

export async function inputAnswer(bench: Bench): Promise<Finding[]> {
  const { ipykernel } = bench;
  const samples = await withSession(bench, (session) =>
    interleave(
      { rounds: bench.isQuick ? 4 : 20, warmUp: 1 },
      {
        ours: () => answered(session, ANSWERS_A_ROUND),
        ipykernel: ipykernel && (() => ipykernel.inputAnswer(code(5), PERSON_MS)),
      },
    ),
  );
  return [findingOf('input() answer, to the program', 'ms', samples, [{ kind: 'at most', value: 0.3 }])];
}

async function answered(session: Session, times: number): Promise<number[]> {
  const sent: bigint[] = [];
  const pieces: Buffer[] = [];
  const read = (bytes: Buffer) => void pieces.push(bytes);
  const answer = async (status: Status) => {
    if (status.kind === 'asking') {
      await wait(PERSON_MS);
      sent.push(process.hrtime.bigint());
      session.answer(status.question.id, '');
    }
  };
  session.on('output', read).on('status', answer);
  try {
    await play(session, code(times));
  } finally {
    session.off('output', read).off('status', answer);
  }
  const received = Buffer.concat(pieces).toString().trim().split(/\s+/).map(BigInt);
  return received.map((at, index) => Number(at - (sent[index] ?? at)) / NS_PER_MS);
}
