/** Samples: how they are taken, so that a noisy machine does no wrong, and what is said of them. */

/** A contestant takes samples, in one unit; `null` where it cannot take part. */
type Contestant = (() => Promise<number[]>) | null;

/**
 * Let each contestant take samples in turn (a, b, a, b …): what disturbs the machine disturbs all alike.
 * The first `warmUp` rounds do not count.
 */
export async function interleave<Name extends string>(
  { rounds, warmUp = 0 }: { rounds: number; warmUp?: number },
  contestants: Record<Name, Contestant>,
): Promise<Record<Name, number[]>> {
  const entries = Object.entries(contestants) as [Name, Contestant][];
  const samples = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, contestant] of entries) {
      const taken = (await contestant?.()) ?? [];
      if (round >= 0) {
        samples[name].push(...taken);
      }
    }
  }
  return samples;
}

/** Return how long each of so many calls took, in milliseconds. */
export async function timed(times: number, act: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const begin = performance.now();
    await act();
    samples.push(performance.now() - begin);
  }
  return samples;
}

/** Return the sample in the middle; `null` of none. */
export function median(samples: readonly number[]): number | null {
  return percentile(samples, 50);
}

/** Return the sample below or at which so many of a hundred are; `null` of none. */
export function percentile(samples: readonly number[], percent: number): number | null {
  const sorted = [...samples].sort((one, other) => one - other);
  const index = Math.ceil((percent / 100) * sorted.length) - 1;
  return sorted[Math.max(0, index)] ?? null;
}
