/** What a `%` command is: a name, and what reads its argument and does it. */

import type { ActionContext } from '../actions/action-context.ts';

/** What completion looks at. */
export type CompletionContext = Pick<ActionContext, 'session' | 'store'>;

export interface Command {
  name: string;
  /** What follows the name, as help shows it; empty where nothing does. */
  argument: string;
  summary: string;
  /** Whether the argument is Python, which may go on over several lines. */
  takesCode?: boolean;
  /** What can be the argument, of which this much is typed. */
  choices?(context: CompletionContext, typed: string): string[] | Promise<string[]>;
  /** Resolves with whether it worked; throws an Error with words for the user. */
  run(context: ActionContext, argument: string): Promise<boolean> | boolean;
}

/** The number that an argument is, or the usual one where there is none; throws where it is no number from 1. */
export function countIn(argument: string, name: string, usual: number): number {
  const count = argument === '' ? usual : Number(argument);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`%${name} takes a number from 1, not ${argument}.`);
  }
  return count;
}
