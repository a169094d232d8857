/** Sessions on disk, beside other ways to put one there: the pause, the time, the disk, and the way back. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../../electron/supervisor/store/store.ts';
import { type Bench, play, withSession } from '../environment.ts';
import type { Finding } from '../finding.ts';
import { withLoad } from '../states/loads.ts';
import { interleave, median, timed } from '../statistics.ts';
import { type Effort, SAVED_LOADS, type SavedLoad } from './checkpoint-loads.ts';
import { findingsOf, type Measured } from './findings.ts';
import { type Other, openOther, proofOf, type Task } from './other-ways.ts';
import { WAYS } from './rivals.ts';
import { NAME, runBesideSaves, saveInTurn } from './saves.ts';

/** A folder on a disk: `/tmp` may be memory. */
const { TMPDIR: DISK = '/var/tmp' } = process.env;

export async function checkpoints(bench: Bench): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const load of SAVED_LOADS) {
    const effort = bench.isQuick ? load.quick : load.full;
    if (effort) {
      process.stderr.write(`· Measuring checkpoints of ${load.words}\n`);
      findings.push(...findingsOf(load, effort, await measure(bench, load, effort)));
    }
  }
  return findings;
}

/** `null` where the libraries for it are not there. */
async function measure(bench: Bench, load: SavedLoad, effort: Effort): Promise<Measured | null> {
  if (load.takesLibraries && !bench.libraries) {
    return null;
  }
  const folder = mkdtempSync(join(DISK, 'pyrepl3-bench-'));
  const store = openStore({ home: folder, budget: Number.MAX_SAFE_INTEGER, foreign: 'never' });
  const task = { bench: { ...bench, checkpoints: { store, automatic: false } }, load, effort, folder };
  const others: Other[] = [];
  try {
    const reading = load.isArray ? await writeArray(task) : null;
    for (const way of WAYS) {
      const other = await openOther(way, task);
      others.push(...(other ? [other] : []));
    }
    const saved = await save(task, others);
    // Their memory is for those that restore.
    await closeAll(others);
    return { ...saved, others, restores: await restoreInTurn(task, reading ? [...others, reading] : others) };
  } finally {
    await closeAll(others);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Leave an array in a file of its own, to be read for comparison. */
async function writeArray(task: Task): Promise<Other | null> {
  const reading = await openOther('reading', task);
  await reading?.save();
  await reading?.close();
  return reading;
}

async function save(task: Task, others: readonly Other[]): Promise<Pick<Measured, 'saves' | 'delays'>> {
  const measured = await withLoad(task.bench, task.load, async (session) => {
    const saves = await saveInTurn(session, task, others);
    const delays = await runBesideSaves(session, task, median(saves.durable) ?? 0);
    return { saves, delays };
  });
  if (!measured) {
    throw new Error(`There are no libraries for ${task.load.words}.`);
  }
  return measured;
}

/** Restore what was saved last, in fresh processes that have started already. */
function restoreInTurn(task: Task, others: readonly Other[]): Promise<Record<string, number[]>> {
  const turns = others.map((other) => [other.way, () => other.restore()]);
  return interleave(
    { rounds: task.effort.restores },
    { ours: () => restore(task), ...Object.fromEntries(turns) },
  );
}

function restore({ bench, load, effort }: Task): Promise<number[]> {
  const env = bench.libraries ? { PYTHONPATH: bench.libraries } : {};
  return withSession(
    bench,
    async (session) => {
      const times = await timed(1, () => session.checkpoints.restore(NAME));
      await play(session, `assert ${proofOf(load, effort.saves)}`);
      return times;
    },
    env,
  );
}

async function closeAll(others: readonly Other[]): Promise<void> {
  await Promise.all(others.map((other) => other.close()));
}
