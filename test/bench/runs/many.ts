/** How a run grows with the names of the session, and a script with its statements. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave, timed } from '../statistics.ts';

const NAMES = 20_000;
const FEW = `x = 0`;
const MANY = `globals().update(("name%d" % index, index) for index in range(${NAMES}))`;
const SAMPLES_A_ROUND = 20;
const STATEMENTS = 3000;

/** Time `x = 1` with many names and with few, both without states; and a script beside Python that reads the same. */
export async function manyNames(bench: Bench): Promise<Finding[]> {
  const samples = await withSession(bench, (crowded) =>
    withSession(bench, async (empty) => {
      crowded.keepsEveryRun = empty.keepsEveryRun = false;
      await play(crowded, MANY);
      await play(empty, FEW);
      return interleave(
        { rounds: bench.isQuick ? 3 : 20, warmUp: 1 },
        {
          crowded: () => timed(SAMPLES_A_ROUND, () => play(crowded, 'x = 1')),
          empty: () => timed(SAMPLES_A_ROUND, () => play(empty, 'x = 1')),
        },
      );
    }),
  );
  return [
    findingOf(
      `run x = 1 beside ${NAMES.toLocaleString('en')} names`,
      'ms',
      { ours: samples.crowded, 'few names': samples.empty },
      [{ kind: 'at most times', value: 1.3, of: 'few names' }],
    ),
  ];
}

/** Time a script of plain statements, begun to ended, beside `python3 -i` that reads the same lines. */
export async function longScripts(bench: Bench): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pyrepl3-bench-'));
  const lines = Array.from({ length: STATEMENTS }, (_, index) => `x${index} = ${index}`);
  const file = join(folder, 'lines.py');
  await writeFile(file, `${lines.join('\n')}\n`);
  try {
    const samples = await interleave(
      { rounds: bench.isQuick ? 1 : 3 },
      {
        ours: () => timed(1, () => runStatements(bench, lines)),
        python3: () => timed(1, () => readLines(bench, file)),
      },
    );
    const seconds = Object.fromEntries(
      Object.entries(samples).map(([name, each]) => [name, each.map((ms) => ms / 1000)]),
    ) as typeof samples;
    return [
      findingOf(`a script of ${STATEMENTS.toLocaleString('en')} statements`, 's', seconds, [
        { kind: 'at most times', value: 3, of: 'python3' },
      ]),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As `pyrepl3 run` does it, without Node's own start. */
async function runStatements({ python, env }: Bench, lines: string[]): Promise<void> {
  const session = openSession({ python, env, states: { keep: 'when asked' } });
  const code = lines.join('\n');
  await session.split(code);
  await session.run(code, { style: 'script' });
  await session.run('', { style: 'exit' });
  await session.close();
}

async function readLines({ python, env }: Bench, file: string): Promise<void> {
  const input = openSync(file, 'r');
  const child = spawn(python, ['-i'], { env, stdio: [input, 'ignore', 'ignore'] });
  await once(child, 'exit');
  closeSync(input);
}
