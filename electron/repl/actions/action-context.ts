/** What an action works on: at the prompt, in the window and in scripts alike. */

import type { Outcome, Policy, RunOptions, Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { Entry } from '../history/history-entries.ts';
import type { Crash } from '../messages/death-notes.ts';
import { wordsOf } from '../messages/wording.ts';
import type { Palette } from '../screen/palette.ts';
import type { SaveTracker } from './save-tracker.ts';

/** Something that the user can have done; tells whether it worked, or throws an Error with words for him. */
export type Action = (context: ActionContext) => Promise<boolean> | boolean;

/** Do it, and tell why it could not be done; resolves with whether it worked. */
export async function perform(action: Action, context: ActionContext): Promise<boolean> {
  try {
    return await action(context);
  } catch (error) {
    context.warn(wordsOf(error));
    return false;
  }
}

/** The saved sessions; throws where there is no place for them. */
export function storeOf({ store }: Pick<ActionContext, 'store'>): Store {
  if (!store) {
    throw new Error('This session was opened without a place for saved ones.');
  }
  return store;
}

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

export interface ActionContext extends Voice {
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
  readonly crash: LastLoss | null;
  /** Tells what happens beside the runs: when there is a prompt, as until then the screen is the program's. */
  readonly aside: Voice;
  clearScreen(): void;
  restart(): Promise<void>;
  /** Run code as if it had been typed. */
  run(code: string, options: RunOptions): Promise<Outcome>;
  /** Run a file's code and tell whether it failed. */
  runFile(file: string, code: string): Promise<boolean>;
  /** Give the keyboard to the runs that this work does in the session; `again` does it once more. */
  attend<Result>(again: Action, work: () => Promise<Result>): Promise<Result>;
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

/** What a death of Python can cost, so that it can be done again: code that was run, or an action that runs some. */
export type Lost = { code: string; options: RunOptions } | { again: Action };

/** What the last death has cost, with the run that it cost; `null` where none was going on. */
export interface LastLoss extends Crash {
  lost: Lost | null;
}

/** What a session was before it was restored. */
export interface EarlierSession {
  entries: Entry[];
  transcript: Buffer | null;
}
