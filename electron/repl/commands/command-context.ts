/** What a command is, and what it works on: at the prompt and in scripts alike. */

import type { Outcome, Policy, RunOptions, Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { Entry } from '../history/history-entries.ts';
import type { Crash } from '../messages/death-notes.ts';
import type { Palette } from '../screen/palette.ts';
import type { SaveTracker } from './save-tracker.ts';

/** Who tells the user something. */
export interface Voice {
  /** Show what was asked for. */
  say(text: string): void;
  /** Remark in one line on what was done; a script is not told. */
  note(words: string): void;
  /** Tell in one line why something was not done, or not as a whole. */
  warn(words: string): void;
  /** Tell in one line what has failed, or is missing. */
  fail(words: string): void;
}

export interface CommandContext extends Voice {
  readonly session: Session;
  /** The saved sessions; `null` where there is no place for them. */
  readonly store: Store | null;
  /** Where the session was started. */
  readonly folder: string;
  readonly saveTracker: SaveTracker;
  /** The code that was run, oldest first. */
  readonly entries: readonly string[];
  readonly palette: Palette;
  readonly columns: number;
  /** The policy of the runs that follow. */
  policy: Policy;
  /** What the last death of Python cost, where the session outlived one. */
  readonly crash: Crash | null;
  /** Tells what happens beside the runs: when there is a prompt, as until then the screen is the program's. */
  readonly aside: Voice;
  clearScreen(): void;
  restart(): Promise<void>;
  /** Run code as if it had been typed. */
  run(code: string, options: RunOptions): Promise<Outcome>;
  /** Run a file's code and tell whether it failed. */
  runFile(file: string, code: string): Promise<boolean>;
  /** Do a command. */
  command(line: string): Promise<boolean>;
  /** Give the keyboard to the runs that this work does in the session; `line` is the command that does it once more. */
  attend<Result>(line: string, work: () => Promise<Result>): Promise<Result>;
  /** Wait for work that is none of Python's; Ctrl-C calls `cancel`, and is not waited for. */
  wait<Result>(work: Promise<Result>, cancel: () => void): Promise<Result>;
  /** Go on while work is done that tells whether it worked; a script waits for it. */
  meanwhile(work: Promise<boolean>): Promise<boolean>;
  /** Whether somebody is there who can be asked. */
  readonly canAsk: boolean;
  /** Ask for a line; `null` where it is refused. */
  ask(question: string): Promise<string | null>;
  /** Have a command ready at the next prompt: Enter does it, any other key does not. */
  propose(line: string): void;
  /** Bring back what was typed and printed in another session, which is gone on with. */
  recall(earlier: EarlierSession): void;
}

/** What a session was before it was restored. */
export interface EarlierSession {
  entries: Entry[];
  transcript: Buffer | null;
}

/** What completion looks at. */
export type CompletionContext = Pick<CommandContext, 'session' | 'store'>;

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
  run(context: CommandContext, argument: string): Promise<boolean> | boolean;
}

/** The number that an argument is, or the usual one where there is none; throws where it is no number from 1. */
export function countIn(argument: string, name: string, usual: number): number {
  const count = argument === '' ? usual : Number(argument);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`%${name} takes a number from 1, not ${argument}.`);
  }
  return count;
}
