/** Which checkpoints of a session are evicted with time: the older, the fewer. */

import type { Checkpoint } from '../../contract/checkpoints.ts';

/** So many of the newest that were made by themselves stay in any case. */
const NEWEST = 10;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Up to that age, of each span of time the newest one stays. */
const SPANS = [
  { age: 2 * HOUR_MS, span: 10 * MINUTE_MS },
  { age: DAY_MS, span: HOUR_MS },
  { age: Number.POSITIVE_INFINITY, span: DAY_MS },
];

type Candidate = Pick<Checkpoint, 'id' | 'name' | 'at'>;

/** Return the ids of those that go; the checkpoints are of one session, the oldest first. Named ones always stay. */
export function thinned(checkpoints: readonly Candidate[]): string[] {
  const times = forwardTimes(checkpoints);
  const newest = times.at(-1) ?? 0;
  const automatic = checkpoints
    .map(({ id, name }, index) => ({ id, name, at: times[index] as number }))
    .filter(({ name }) => name === null);
  const stays = new Map(automatic.slice(0, -NEWEST).map(({ id, at }) => [spanOf(at, newest), id]));
  const kept = new Set([...stays.values(), ...automatic.slice(-NEWEST).map(({ id }) => id)]);
  return automatic.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
}

/** The times as they would be had the clock never gone back. */
function forwardTimes(checkpoints: readonly Candidate[]): number[] {
  let last = 0;
  return checkpoints.map(({ at }) => {
    last = Math.max(last, at);
    return last;
  });
}

/** Which span of time a checkpoint stands for. */
function spanOf(at: number, newest: number): string {
  const { span } = SPANS.find(({ age }) => newest - at < age) as (typeof SPANS)[number];
  return `${span}: ${Math.floor(at / span)}`;
}
