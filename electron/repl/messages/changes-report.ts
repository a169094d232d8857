/** What a run did to the names, in lines: the report of a dry run. */

import type { Changes } from '../../contract/messages.ts';

const KINDS: [keyof Omit<Changes, 'more' | 'outside'>, string][] = [
  ['added', 'would add'],
  ['rebound', 'would rebind'],
  ['changed', 'would change in place'],
  ['removed', 'would remove'],
  ['skipped', 'not compared, as too large'],
];

/** The lines of the report, each with its dot. */
export function dryReport(changes: Changes | null): string {
  if (changes === null) {
    return '· dry run: what it would change could not be looked at';
  }
  const named = KINDS.filter(([kind]) => changes[kind].length > 0);
  const lines = named.map(([kind, words]) => `${words}: ${changes[kind].join(', ')}`);
  if (changes.more > 0) {
    lines.push(`and ${changes.more} names more`);
  }
  if (changes.outside.length > 0) {
    lines.push(`not taken back: ${changes.outside.join(', ')}`);
  }
  const head = named.length > 0 ? 'dry run, nothing of it is kept' : 'dry run: it would change no name';
  return [head, ...lines].map((line) => `· ${line}`).join('\n');
}
