/** How long a session stands still while its state is kept, beside a plain fork of the same process. */

import type { Session } from '../../../electron/supervisor/session.ts';
import { type Bench, play } from '../environment.ts';
import { type Finding, findingOf, type Goal } from '../finding.ts';
import { printInSession } from '../runs/flood.ts';
import { interleave } from '../statistics.ts';
import { ARRAY, DICTS, type Load, NOTHING, openFiles, playAndKeep, threads, withLoad } from './loads.ts';

export const MS_PER_SECOND = 1000;

const STACK_BYTES = 65_536;
/**
 * What the kernel does for a fork, with a child that ends at once in C: `os.fork` would run the session's hooks too,
 * and flatter the freeze.
 */
const FORK = `
import ctypes, os, signal, time
libc, stack = ctypes.PyDLL(None), ctypes.create_string_buffer(${STACK_BYTES})
top = ctypes.c_void_p(ctypes.addressof(stack) + ${STACK_BYTES})
def seconds_of_fork():
    begin = time.perf_counter()
    pid = libc.clone(libc._exit, top, signal.SIGCHLD, 0)
    seconds = time.perf_counter() - begin
    assert pid > 0 and os.waitpid(pid, 0) == (pid, 0)
    return seconds
`;

const CASES: [Load, Goal[]][] = [
  [NOTHING, [{ kind: 'at most', value: 1.5 }]],
  [threads(8), [{ kind: 'at most', value: 1.5 }]],
  [threads(64), []],
  // 3 µs for each beside what it takes with nothing loaded.
  [openFiles(1000), [{ kind: 'at most', value: 4.5 }]],
  [ARRAY, [{ kind: 'at most', value: 5 }]],
  [DICTS, [{ kind: 'at most', value: 20 }]],
];

/** Time the pause of a freeze, and what passes from the end of a run until its state is kept. */
export async function freeze(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [load, goals] of CASES) {
    const walls: number[] = [];
    const samples = await withLoad(bench, load, (session) => pauses(bench, session, walls));
    findings.push(
      findingOf(`freeze, ${load.words}`, 'ms', samples ?? { ours: [], fork: [] }, goals),
      findingOf(`end of a run to frozen, ${load.words}`, 'ms', { ours: walls }, []),
    );
  }
  return findings;
}

async function pauses(bench: Bench, session: Session, walls: number[]) {
  await playAndKeep(session, FORK);
  return interleave(
    { rounds: bench.isQuick ? 8 : 40, warmUp: 2 },
    {
      ours: async () => {
        await play(session, 'x = 1');
        const begin = performance.now();
        const { pause } = await session.keep();
        walls.push(performance.now() - begin);
        return pause === null ? [] : [pause * MS_PER_SECOND];
      },
      fork: () => timeFork(session),
    },
  );
}

async function timeFork(session: Session): Promise<number[]> {
  const { bytes } = await printInSession(session, 'print(seconds_of_fork())');
  // The next sample begins when the state after this one is kept, too.
  await session.keep();
  return [Number(bytes.toString()) * MS_PER_SECOND];
}
