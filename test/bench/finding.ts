/** What a measure found, what it is compared with, and the goals that it should reach. */

import { median, percentile } from './statistics.ts';

export type Unit = 'ms' | 's' | 'MB' | 'faults';

/**
 * What we compare with: `floor` is `cat`; `pipe` and `python3` are the same interpreter without us; `fork` is the
 * kernel's, in the same process; the others are ours in other circumstances, or other ways to the same end.
 */
export type Other =
  | 'floor'
  | 'pipe'
  | 'python3'
  | 'ipykernel'
  | 'fork'
  | 'without states'
  | 'few names'
  | 'nobody looks'
  | 'second time'
  | 'first generation'
  | 'pickle'
  | 'cloudpickle'
  | 'dill'
  | 'running again'
  | 'Kishu'
  | 'reading'
  | 'without saving'
  | 'one checkpoint'
  | 'mcp-repl';

export type Goal =
  | { kind: 'at most'; value: number; of?: 'median' | 'p99' }
  | { kind: 'at most times'; value: number; of: Other }
  | { kind: 'times less'; value: number; than: Other }
  /** Something that holds or does not, such as that no line is lost. */
  | { kind: 'holds'; words: string; isMet: boolean };

export interface Finding {
  name: string;
  unit: Unit;
  /** The median, or the one value; `null` where it could not be measured. */
  value: number | null;
  /** The 99th percentile, where there are samples enough for one. */
  p99: number | null;
  /** The medians of the others, in the same unit; `null` where there is none. */
  others: Partial<Record<Other, number | null>>;
  goals: Goal[];
}

/** Fewer samples have no 99th percentile worth its name. */
const SAMPLES_FOR_P99 = 100;

/** Make a finding of samples: `ours` and those of the others. */
export function findingOf(
  name: string,
  unit: Unit,
  { ours, ...others }: Partial<Record<Other, number[]>> & { ours: number[] },
  goals: Goal[],
): Finding {
  const medians = Object.entries(others).map(([other, samples]) => [other, median(samples)]);
  return {
    name,
    unit,
    value: median(ours),
    p99: ours.length < SAMPLES_FOR_P99 ? null : percentile(ours, 99),
    others: Object.fromEntries(medians),
    goals,
  };
}

/** Whether a finding reaches a goal; `null` where what it takes to know was not measured. */
export function isMet(finding: Finding, goal: Goal): boolean | null {
  switch (goal.kind) {
    case 'at most': {
      const value = goal.of === 'p99' ? finding.p99 : finding.value;
      return value === null ? null : value <= goal.value;
    }
    case 'at most times': {
      const ratio = ratioTo(finding, goal.of);
      return ratio === null ? null : ratio <= goal.value;
    }
    case 'times less': {
      const ratio = ratioTo(finding, goal.than);
      return ratio === null ? null : ratio * goal.value <= 1;
    }
    case 'holds':
      return goal.isMet;
  }
}

/** Return our value divided by the other's. */
export function ratioTo(finding: Finding, other: Other): number | null {
  const value = finding.others[other] ?? null;
  return finding.value === null || value === null ? null : finding.value / value;
}
