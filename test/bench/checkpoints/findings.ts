/** What was found of a load on disk, as lines of the table. */

import type { Usage } from '../disk.ts';
import { type Finding, findingOf, type Goal } from '../finding.ts';
import { median } from '../statistics.ts';
import type { Effort, SavedLoad } from './checkpoint-loads.ts';
import type { Other } from './other-ways.ts';
import { type Saved, WAYS, type Way } from './rivals.ts';
import { type Delays, peaks, type Saves } from './saves.ts';

export interface Measured {
  saves: Saves;
  delays: Delays;
  others: readonly Other[];
  /** Of the session as `ours`, and of the others by name. */
  restores: Record<string, number[]>;
}

const NOTHING: Measured = {
  saves: { durable: [], usages: [] },
  delays: { beside: [], without: [] },
  others: [],
  restores: {},
};
const BYTES_PER_MB = 1e6;
/** So many checkpoints may take so much more than one. */
const DISK_GOAL = 1.1;

/** Nothing was measured where the libraries are not there. */
export function findingsOf(load: SavedLoad, effort: Effort, measured: Measured | null): Finding[] {
  const found = measured ?? NOTHING;
  return [
    pause(load, found),
    runBeside(load, found),
    findingOf(
      `save to disk, ${load.words}`,
      'ms',
      { ours: found.saves.durable, ...ofOthers(found, ({ durable }) => durable) },
      [],
    ),
    onDisk(`${effort.saves} checkpoints on disk, ${load.words}`, found, ({ size }) => size, [
      { kind: 'at most times', value: DISK_GOAL, of: 'one checkpoint' },
    ]),
    onDisk(
      `${effort.saves} checkpoints in blocks of the disk, ${load.words}`,
      found,
      ({ blocks }) => blocks,
      [],
    ),
    restored(load, found),
  ];
}

/** By how much the longest wait is above the usual one. */
function pause({ words, pauseGoal }: SavedLoad, found: Measured): Finding {
  const { beside, without } = found.delays;
  const usual = median(without.flat());
  return findingOf(
    `pause of a save, ${words}`,
    'ms',
    {
      ours: peaks(beside, usual),
      'without saving': peaks(without, usual),
      ...ofOthers(found, ({ call }) => call),
    },
    pauseGoal === undefined ? [] : [{ kind: 'at most', value: pauseGoal }],
  );
}

function runBeside({ words }: SavedLoad, { delays: { beside, without } }: Measured): Finding {
  const samples = { ours: beside.flat(), 'without saving': without.flat() };
  return findingOf(`run x = 1 and its freeze beside a save, ${words}`, 'ms', samples, []);
}

function onDisk(name: string, found: Measured, take: (usage: Usage) => number, goals: Goal[]): Finding {
  const { usages } = found.saves;
  const megabytes = (usage: Usage | null | undefined) => (usage ? [take(usage) / BYTES_PER_MB] : []);
  const others = WAYS.map((way) => [way, megabytes(find(found, way)?.usage(usages.length))]);
  return findingOf(
    name,
    'MB',
    {
      ours: megabytes(usages.at(-1)),
      'one checkpoint': megabytes(usages[0]),
      ...Object.fromEntries(others),
    },
    goals,
  );
}

function restored({ words, isArray, readingGoal }: SavedLoad, { restores }: Measured): Finding {
  const ways: Way[] = isArray ? [...WAYS, 'reading'] : [...WAYS];
  return findingOf(
    `restore, ${words}`,
    'ms',
    { ours: restores.ours ?? [], ...Object.fromEntries(ways.map((way) => [way, restores[way] ?? []])) },
    readingGoal === undefined ? [] : [{ kind: 'at most times', value: readingGoal, of: 'reading' }],
  );
}

function ofOthers(found: Measured, take: (saved: Saved) => number): Partial<Record<Way, number[]>> {
  return Object.fromEntries(WAYS.map((way) => [way, find(found, way)?.saves.map(take) ?? []]));
}

function find({ others }: Measured, way: Way): Other | undefined {
  return others.find((other) => other.way === way);
}
