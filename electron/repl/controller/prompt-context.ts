/** What an action works on at the prompt. */

import type { Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { ActionContext, EarlierSession, Voice } from '../actions/action-context.ts';
import type { LastCrash } from '../actions/last-crash.ts';
import type { SaveTracker } from '../actions/save-tracker.ts';
import { asFile } from '../commands/source-file.ts';
import type { History } from '../history/history.ts';
import { styled } from '../screen/palette.ts';
import { lastLines } from '../screen/screenful.ts';
import { clip } from '../screen/text-width.ts';
import type { Display } from './display.ts';
import type { Prompt } from './prompt.ts';
import type { Questions } from './questions.ts';

export interface PromptContextOptions {
  session: Session;
  store: Store | null;
  folder: string;
  display: Display;
  history: History;
  lastCrash: LastCrash;
  saveTracker: SaveTracker;
  questions: Questions;
  prompt: () => Prompt;
  /** Show lines, those of ours dim. */
  say(text: string): void;
  /** The same when there is a prompt. */
  remark(text: string): void;
  restart(): Promise<void>;
}

/** What is run where the user leaves with a key. */
export const LEAVE = 'raise SystemExit';

/** What was printed before a restore takes the screen but for so many rows, which say what came of it. */
const ROWS_BELOW = 12;
const LEAST_ROWS = 3;
/** What stands before each line of it. */
const MARGIN = '│ ';

/** What an action has the job queue do. */
type Jobs = Pick<ActionContext, 'policy' | 'run' | 'attend' | 'wait'>;

export function promptContext(options: PromptContextOptions, jobs: Jobs): ActionContext {
  const { session, store, folder, display, history, lastCrash, saveTracker, questions, restart } = options;
  return {
    ...voiceOf((text) => options.say(text)),
    aside: voiceOf((text) => options.remark(text)),
    session,
    store,
    folder,
    saveTracker,
    palette: display.palette,
    get entries() {
      return history.entries;
    },
    get columns() {
      return display.columns;
    },
    get crash() {
      return lastCrash.last;
    },
    get policy() {
      return jobs.policy;
    },
    set policy(policy) {
      jobs.policy = policy;
    },
    clearScreen: () => display.clearScreen(),
    restart,
    run: (code, given) => jobs.run(code, given),
    runFile: async (file, code) => (await jobs.run(asFile(code), { file })).outcome === 'ok',
    attend: (again, work) => jobs.attend(again, work),
    wait: (work, cancel) => jobs.wait(work, cancel),
    meanwhile: async () => true,
    canAsk: true,
    ask: (question) => questions.askUser(`· ${question}`),
    propose: (line) => options.prompt().propose(line),
    recall: (earlier) => recall(options, earlier),
  };
}

function voiceOf(say: (text: string) => void): Voice {
  const remark = (words: string) => say(`· ${words}`);
  return { say, note: remark, warn: remark, fail: (words) => say(`✕ ${words}`) };
}

/** What is old stands behind a line in the margin. */
function recall(
  { display, history, say }: PromptContextOptions,
  { entries, transcript }: EarlierSession,
): void {
  history.goOnWith(entries);
  const { columns, rows, palette } = display;
  const lines = lastLines(transcript ?? Buffer.alloc(0), Math.max(LEAST_ROWS, rows - ROWS_BELOW));
  if (lines.at(-1)?.endsWith(LEAVE)) {
    lines.pop();
  }
  if (lines.length > 0) {
    say(lines.map((line) => styled(clip(MARGIN + line, columns - 1), palette.dim)).join('\n'));
  }
}
