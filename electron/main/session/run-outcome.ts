/** How a run went, in the words of the mark beside it. */

import type { Changes } from '../../contract/messages.ts';
import type { Outcome } from '../../supervisor/session.ts';
import { listed } from '../../wording/counts.ts';
import { durationText } from '../../wording/times.ts';

/** A tooltip is not the place for more. */
const NAMES_SHOWN = 8;

/** `Run 12 raised ValueError after 3.2 s`, and below it what it did to the names, a line for each kind. */
export function outcomeWords(outcome: Outcome): string {
  const { changes, kept } = outcome;
  return [headline(outcome), ...(changes && kept ? changeLines(changes) : [])].join('\n');
}

function headline({ run, outcome, failure, seconds, kept }: Outcome): string {
  const dropped = outcome === 'ok' || outcome === 'raised' || outcome === 'interrupted' ? !kept : false;
  const how: Record<Outcome['outcome'], string> = {
    ok: 'took',
    exiting: 'ended Python after',
    raised: `raised ${failure?.type ?? 'an exception'} after`,
    interrupted: 'was interrupted after',
    died: 'ended with Python',
    refused: 'was not begun',
  };
  const words = `Run ${run} ${seconds === null ? how[outcome].replace(/ after$/, '') : `${how[outcome]} ${durationText(seconds)}`}`;
  return dropped ? `${words}, and was rolled back` : words;
}

function changeLines({ added, rebound, changed, removed, outside }: Changes): string[] {
  const lines: [string, string[]][] = [
    ['+', added],
    ['~', [...rebound, ...changed]],
    ['−', removed],
  ];
  const names = lines.filter(([, some]) => some.length > 0).map(([sign, some]) => `${sign} ${list(some)}`);
  return outside.length > 0 ? [...names, `No undo takes back: ${list(outside)}`] : names;
}

function list(names: readonly string[]): string {
  return listed(names.slice(0, NAMES_SHOWN), names.length);
}
