/** What a session holds while it is saved, and how it changes a little from one checkpoint to the next. */

import type { Load } from '../states/loads.ts';
import type { Way } from './rivals.ts';

/** How often a load is saved and restored: less often where it takes long. */
export interface Effort {
  /** So many successive checkpoints, with a small change before each. */
  saves: number;
  /** In so many parts: between them it is the others' turn. */
  rounds: number;
  /** So many saves have runs beside them. */
  beside: number;
  restores: number;
  /** Those that save and are restored less often; 0 is only when the load is made, for one that saves then. */
  turns?: Partial<Record<Way, number>>;
  /** Those that take too long. */
  absent?: Way[];
}

export interface SavedLoad extends Load {
  /** Code for one small change. */
  change(step: number): string;
  /** What holds after it, in Python. */
  changed(step: number): string;
  /** What holds always. */
  whole: string;
  /** Whether it is one array, so that its bytes alone can be read for comparison. */
  isArray?: boolean;
  /** What a save may add to the longest wait, in milliseconds. */
  pauseGoal?: number;
  /** How many times as long as reading its bytes a restore may take. */
  readingGoal?: number;
  full: Effort;
  /** `null` where `--quick` leaves it out. */
  quick: Effort | null;
}

const NAMES = 1000;
const FUNCTIONS = 100;
const ROWS = 1_000_000;
const OFTEN: Effort = { saves: 20, rounds: 4, beside: 6, restores: 3 };
const OFTEN_AND_QUICK: Effort = { saves: 20, rounds: 1, beside: 3, restores: 1 };

const names: SavedLoad = {
  words: '1,000 names',
  code: `globals().update({
    "name_%d" % i: [i, i / 3, "text %d" % i, [i, "item"], {"key": i}][i % 5] for i in range(${NAMES})
})`,
  takesLibraries: false,
  change: (step) => `name_${7 * step} = ["changed", ${step}]`,
  changed: (step) => `name_${7 * step} == ["changed", ${step}]`,
  whole: 'name_999 == {"key": 999}',
  full: OFTEN,
  quick: OFTEN_AND_QUICK,
};

/** Of random numbers: equal ones would be stored once. */
function array(
  words: string,
  numbers: number,
  more: Pick<SavedLoad, 'full' | 'quick' | 'pauseGoal' | 'readingGoal'>,
): SavedLoad {
  return {
    words,
    code: `import numpy; held = numpy.random.default_rng(1).random(${numbers})`,
    takesLibraries: true,
    change: (step) => `held[${1000 * step}] = ${step}`,
    changed: (step) => `held[${1000 * step}] == ${step}`,
    whole: `len(held) == ${numbers}`,
    isArray: true,
    ...more,
  };
}

const frame: SavedLoad = {
  words: 'a frame of 1,000,000 mixed rows',
  code: `import numpy, pandas
random = numpy.random.default_rng(1)
held = pandas.DataFrame({
    "number": random.integers(0, 1000, ${ROWS}),
    "real": random.random(${ROWS}),
    "text": ["row %d" % i for i in range(${ROWS})],
    "date": pandas.date_range("2020", periods=${ROWS}, freq="s"),
    "note": pandas.Series([None if i % 10 == 0 else "note %d" % (i % 1000) for i in range(${ROWS})], dtype=object),
})
del random`,
  takesLibraries: true,
  change: (step) => `held.loc[${100 * step}, "real"] = ${step}`,
  changed: (step) => `held["real"][${100 * step}] == ${step}`,
  whole: `len(held) == ${ROWS} and held["note"][0] is None`,
  full: { saves: 20, rounds: 2, beside: 3, restores: 2, turns: { Kishu: 1 } },
  quick: { saves: 4, rounds: 1, beside: 1, restores: 1, absent: ['Kishu'] },
};

const dicts: SavedLoad = {
  words: '1,000,000 small dicts',
  code: `held = [{"number": i, "text": "row %d" % i} for i in range(${ROWS})]`,
  takesLibraries: false,
  change: (step) => `held[${1000 * step}]["text"] = "changed ${step}"`,
  changed: (step) => `held[${1000 * step}]["text"] == "changed ${step}"`,
  whole: `len(held) == ${ROWS}`,
  full: { saves: 20, rounds: 2, beside: 1, restores: 2, turns: { dill: 1, Kishu: 0 } },
  quick: { saves: 2, rounds: 1, beside: 1, restores: 1, absent: ['dill', 'Kishu'] },
};

const definitions: SavedLoad = {
  words: '200 functions and classes',
  code: Array.from({ length: FUNCTIONS }, (_, index) => definition(index)).join('\n'),
  takesLibraries: false,
  change: (step) => `def function_${step}(x):\n    return ${step}`,
  changed: (step) => `function_${step}(0) == ${step}`,
  whole: 'Class_99(3).method() == 3 * 99',
  full: OFTEN,
  quick: { ...OFTEN_AND_QUICK, absent: ['Kishu'] },
};

function definition(index: number): string {
  return `
def function_${index}(x, factor=${index}):
    """Multiply x."""
    if x is None:
        raise ValueError("function_${index} takes a number")
    return x * factor

class Class_${index}:
    """Something with a method."""

    def __init__(self, x):
        self.x = x

    def method(self):
        return function_${index}(self.x)
`;
}

export const SAVED_LOADS: readonly SavedLoad[] = [
  names,
  array('a 100 MB array', 12_500_000, { full: OFTEN, quick: OFTEN_AND_QUICK }),
  array('a 1 GB array', 125_000_000, {
    full: { saves: 20, rounds: 2, beside: 5, restores: 3, turns: { Kishu: 0 } },
    quick: null,
    pauseGoal: 10,
    readingGoal: 1.3,
  }),
  frame,
  dicts,
  definitions,
];
