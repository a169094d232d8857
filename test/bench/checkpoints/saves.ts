/** What a save takes: until it is on the disk, of the disk, and of the time of who types on. */

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../electron/supervisor/session.ts';
import { type Usage, usageOf } from '../disk.ts';
import { playAndKeep } from '../states/loads.ts';
import { interleave } from '../statistics.ts';
import type { Other, Task } from './other-ways.ts';

/** Checkpoints with a name are never thinned. */
export const NAME = 'bench';

/** Between two runs, as a person who is in a hurry makes it. */
const REST_MS = 5;
/** So long runs are timed with no save beside them, at most. */
const LONGEST_WITHOUT_MS = 1000;

export interface Saves {
  /** Until all is on the disk, in milliseconds. */
  durable: number[];
  /** What the session's folder takes after each. */
  usages: Usage[];
}

/** Save again and again, with a small change before each save, and let the others take turns. */
export async function saveInTurn(
  session: Session,
  { load, effort, folder }: Task,
  others: readonly Other[],
): Promise<Saves> {
  const { saves, rounds } = effort;
  const usages: Usage[] = [];
  const ours = async () => {
    const times: number[] = [];
    for (let time = 0; time < saves / rounds; time += 1) {
      await playAndKeep(session, load.change(usages.length));
      const begin = performance.now();
      const checkpoint = await session.checkpoints.save({ name: NAME }).done;
      times.push(performance.now() - begin);
      usages.push(usageOf(join(folder, 'checkpoints', checkpoint.session)));
    }
    return times;
  };
  const theirs = async () => {
    for (const other of others) {
      await other.save();
    }
    return [];
  };
  const { ours: durable } = await interleave({ rounds }, { ours, theirs });
  return { durable, usages };
}

/** How long each run took with the freeze behind it, in milliseconds: beside each save, and before it. */
export interface Delays {
  beside: number[][];
  without: number[][];
}

/** Run `x = 1` again and again while the session is saved, and as often while it is not. */
export async function runBesideSaves(session: Session, { effort }: Task, usual: number): Promise<Delays> {
  const delays: Delays = { beside: [], without: [] };
  const duration = Math.min(usual, LONGEST_WITHOUT_MS);
  for (let time = 0; time < effort.beside; time += 1) {
    const end = performance.now() + duration;
    delays.without.push(await runs(session, () => performance.now() > end));
    let isSaved = false;
    const { done } = session.checkpoints.save({ name: NAME });
    const saving = done.finally(() => {
      isSaved = true;
    });
    const [beside] = await Promise.all([runs(session, () => isSaved), saving]);
    delays.beside.push(beside);
  }
  return delays;
}

async function runs(session: Session, isOver: () => boolean): Promise<number[]> {
  const times: number[] = [];
  do {
    const begin = performance.now();
    await playAndKeep(session, 'x = 1');
    times.push(performance.now() - begin);
    await wait(REST_MS);
  } while (!isOver());
  return times;
}

/** Return by how much the longest of each series is above what is usual. */
export function peaks(series: readonly number[][], usual: number | null): number[] {
  return usual === null ? [] : series.map((times) => Math.max(...times) - usual);
}
