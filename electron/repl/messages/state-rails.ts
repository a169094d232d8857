/** The rails at the left of a list of states, oldest first: one for each branch, as `git log --graph` draws them. */

import { type Lane, lanesOf, type TreeNode } from '../../contract/state-tree.ts';

/** What stands before and behind a state's own dot. */
export interface Rail {
  lead: string;
  tail: string;
}

/** Draw the rails of these states. */
export function railsOf(states: readonly TreeNode[]): Rail[] {
  return lanesOf(states).map((lane) => ({ lead: leadOf(lane), tail: tailOf(lane) }));
}

function leadOf({ lane, joins, through }: Lane): string {
  let lead = '';
  for (let at = 0; at < lane; at += 1) {
    const isTaken = through.includes(at);
    if (joins === null || at < joins) {
      lead += isTaken ? '│ ' : '  ';
    } else if (at === joins) {
      lead += '├─';
    } else {
      lead += isTaken ? '┼─' : '──';
    }
  }
  return lead;
}

function tailOf({ lane, through }: Lane): string {
  let tail = '';
  for (let at = lane + 1; at <= Math.max(...through); at += 1) {
    tail += through.includes(at) ? ' │' : '  ';
  }
  return tail;
}
