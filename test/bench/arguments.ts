/** What `npm run bench` is asked for. */

import { parseArgs } from 'node:util';

export interface Wishes {
  /** Under a minute, with fewer samples. */
  isQuick: boolean;
  /** One JSON object alone, in place of the table. */
  isJson: boolean;
  /** The interpreter to measure; the one that a session would take by default. */
  python: string | undefined;
  /** What to measure, by name; everything where it is empty. */
  measures: string[];
}

/** Understand the arguments; throws an Error that says in one line what is wrong with them. */
export function parseWishes(words: readonly string[]): Wishes {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, python: { type: 'string' } },
    allowPositionals: true,
  });
  return {
    isQuick: values.quick ?? false,
    isJson: values.json ?? false,
    python: values.python,
    measures: positionals,
  };
}
