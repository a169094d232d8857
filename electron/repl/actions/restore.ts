/** Bring a session back from the disk, and make again what could not be saved. */

import type { Checkpoint, Rebuild, Restoration } from '../../contract/checkpoints.ts';
import type { Outcome, Session } from '../../supervisor/session.ts';
import type { Store, Wanted } from '../../supervisor/store/store.ts';
import { enumerated } from '../../wording/counts.ts';
import { parseEntries } from '../history/history-entries.ts';
import { missingLines, rebuiltNames, restoredWords } from '../messages/checkpoint-notes.ts';
import { codeLine, runsNamed } from '../messages/wording.ts';
import { type ActionContext, storeOf } from './action-context.ts';
import { openDoubtful } from './trust.ts';

/** So many of the names are told that a rebuild binds besides. */
const MOST_NAMES = 5;

export interface RestoreOptions {
  /** A user's words for it, or its id; the newest by default. */
  checkpoint?: Wanted;
  /** Only these names, into the state that the session is in; all of them by default, in the place of the session. */
  names?: string[] | undefined;
}

/** Bring a checkpoint back, and propose to rebuild what did not come. */
export async function restore(context: ActionContext, options: RestoreOptions = {}): Promise<boolean> {
  const { checkpoint = '', names } = options;
  const store = storeOf(context);
  const before = context.session.state.id;
  const open = () =>
    context.attend(
      (later) => restore(later, options),
      () => context.session.checkpoints.restore(checkpoint, { names }),
    );
  const restoration = await openDoubtful(context, {
    open,
    inspect: async () => store.inspect(await store.locate(checkpoint)),
    openAnyway: async () => {
      await store.trust(await store.locate(checkpoint));
      return open();
    },
  });
  if (!names && restoration.checkpoint.session !== context.saveTracker.session) {
    // The names are there whatever has become of it.
    await recall(context, store, restoration.checkpoint).catch((error: Error) => context.warn(error.message));
  }
  tellRestored(context, restoration, before);
  proposeRebuild(context, restoration);
  return true;
}

/** Bring back what was typed and printed in the session, where that was another one. */
async function recall(context: ActionContext, store: Store, { id }: Checkpoint): Promise<void> {
  const history = await store.part(id, 'history');
  const transcript = await store.part(id, 'transcript');
  context.recall({ entries: parseEntries(history?.toString() ?? ''), transcript });
}

function tellRestored(context: ActionContext, restoration: Restoration, before: number): void {
  context.note(`${restoredWords(restoration, Date.now())}${wayBack(context.session, before)}`);
  for (const line of missingLines(restoration)) {
    context.fail(line);
  }
  for (const { text } of restoration.warnings) {
    context.warn(text);
  }
}

/** Have the runs ready that make names again, and tell what else they would do. */
function proposeRebuild(context: ActionContext, { rebuilds }: Restoration): void {
  if (rebuilds.length === 0) {
    return;
  }
  const others = boundBesides(rebuilds);
  const besides = others.length > 0 ? `, and rebinds ${others}` : '';
  context.note(`Enter runs what makes ${rebuiltNames(rebuilds)} again${besides}; any other key does not`);
  context.propose('%rebuild');
}

/** `os and x`: the names that these runs bind besides those that they are for; empty where there are none. */
function boundBesides(rebuilds: readonly Rebuild[]): string {
  const others = [...new Set(rebuilds.flatMap(({ besides }) => besides))];
  const more = others.length > MOST_NAMES ? [`${others.length - MOST_NAMES} more`] : [];
  return enumerated([...others.slice(0, MOST_NAMES), ...more]);
}

/** How one gets back to the state before; empty where that cannot be. */
function wayBack({ states, state }: Session, before: number): string {
  if (state.parent === before) {
    return before === 0 ? '' : ' · %undo goes back to where you were';
  }
  const isThere = states.some(({ id, copy }) => id === before && copy === 'frozen');
  return isThere ? ` · %goto ${before} goes back to where you were` : '';
}

/** Run again what makes the names that did not come back. */
export async function rebuild(context: ActionContext): Promise<boolean> {
  const { checkpoints } = context.session;
  const rebuilds = checkpoints.restoration?.rebuilds ?? [];
  if (rebuilds.length === 0) {
    throw new Error('There is nothing to rebuild: no name is missing that a run would make again.');
  }
  for (const { run, code } of rebuilds) {
    context.note(`again: run ${run}: ${codeLine(code, context.columns - 20)}`);
  }
  const outcomes = await context.attend(rebuild, () => checkpoints.rebuild());
  return tellRebuilt(context, outcomes);
}

function tellRebuilt(context: ActionContext, outcomes: readonly Outcome[]): boolean {
  const rebuilds = context.session.checkpoints.restoration?.rebuilds ?? [];
  const failed = outcomes.findIndex(({ outcome }) => outcome !== 'ok');
  const made = rebuilds.slice(0, failed < 0 ? outcomes.length : failed);
  if (made.length > 0) {
    context.note(`made again: ${rebuiltNames(made)}`);
  }
  if (failed >= 0) {
    const left = rebuilds.slice(failed);
    context.fail(`not made again: ${rebuiltNames(left)}, by ${runsNamed(left.map(({ run }) => run))}`);
  }
  return failed < 0;
}
