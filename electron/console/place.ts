/** What a command is, and what it works on: at the prompt and in scripts alike. */

import type { Outcome, Policy, RunOptions, Session } from '../supervisor/session.ts';
import type { Loss } from './losses.ts';
import type { Palette } from './palette.ts';

export interface Place {
  readonly session: Session;
  /** The code that was run, oldest first. */
  readonly entries: readonly string[];
  readonly palette: Palette;
  readonly columns: number;
  /** The policy of the runs that follow. */
  policy: Policy;
  /** What the last death of Python cost, where the session outlived one. */
  readonly loss: Loss | null;
  /** Show what was asked for. */
  say(text: string): void;
  /** Remark in one line on what was done; a script is not told. */
  note(words: string): void;
  /** Tell in one line why something was not done, or not as a whole. */
  warn(words: string): void;
  clearScreen(): void;
  restart(): Promise<void>;
  /** Run code as if it had been typed. */
  run(code: string, options: RunOptions): Promise<Outcome>;
  /** Run a file's code and tell whether it failed. */
  runFile(file: string, code: string): Promise<boolean>;
}

export interface Command {
  name: string;
  /** What follows the name, as help shows it; empty where nothing does. */
  argument: string;
  summary: string;
  /** Whether the argument is Python, which may go on over several lines. */
  takesCode?: boolean;
  /** What can be the argument. */
  choices?(session: Session): string[];
  /** Resolves with whether it worked; throws an Error with words for the user. */
  run(place: Place, argument: string): Promise<boolean> | boolean;
}

/** The number that an argument is, or the usual one where there is none; throws where it is no number from 1. */
export function countIn(argument: string, name: string, usual: number): number {
  const count = argument === '' ? usual : Number(argument);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`%${name} takes a number from 1, not ${argument}.`);
  }
  return count;
}
