/** The memory of a session's own. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '../../../electron/supervisor/session.ts';
import { processesWith } from '../../support/processes.ts';
import { type Bench, play, withSession } from '../environment.ts';
import { type Finding, findingOf } from '../finding.ts';
import { interleave } from '../statistics.ts';

const KIB_PER_MB = 1e6 / 1024;
/** Until the session has done what it does when nobody waits. */
const IDLE_AFTER_MS = 400;

/** What marks the processes of one session. */
export interface Tag {
  env: NodeJS.ProcessEnv;
  variable: string;
}

export function openTag(): Tag {
  const id = randomUUID();
  return { env: { PYREPL3_BENCH: id }, variable: `PYREPL3_BENCH=${id}` };
}

/** Take the proportional set size of the host, the live state and the frozen one together, and of ipykernel's process. */
export async function idleMemory(bench: Bench): Promise<Finding[]> {
  const { ipykernel } = bench;
  const samples = await interleave(
    { rounds: bench.isQuick ? 2 : 7 },
    {
      ours: async () => [await idleSession(bench)],
      ipykernel: ipykernel && (async () => [proportional(await ipykernel.freshProcess())]),
    },
  );
  return [findingOf('idle session, PSS', 'MB', samples, [{ kind: 'at most', value: 14 }])];
}

function idleSession(bench: Bench): Promise<number> {
  const tag = openTag();
  const measure = async () => {
    await wait(IDLE_AFTER_MS);
    return sum(processesWith(tag.variable).map(proportional));
  };
  return withSession(bench, (session) => play(session, 'x = 1').then(measure), tag.env);
}

/** Return the most memory that the host and the live state ever had resident, in megabytes. */
export function peakMegabytes({ variable }: Tag, { states }: Session): number {
  const frozen = new Set(states.map(({ pid }) => pid));
  const awake = processesWith(variable).filter((pid) => !frozen.has(pid));
  return sum(awake.map((pid) => megabytes(`/proc/${pid}/status`, 'VmHWM')));
}

function proportional(pid: number): number {
  return megabytes(`/proc/${pid}/smaps_rollup`, 'Pss');
}

/** Read a field of a file of `/proc`. */
export function megabytes(file: string, field: string): number {
  const [, value] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(file, 'latin1')) ?? [];
  if (value === undefined) {
    throw new Error(`${file} has no field ${field}.`);
  }
  return Number(value) / KIB_PER_MB;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
