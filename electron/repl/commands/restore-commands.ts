/** `%restore` and `%rebuild`: a session comes back from the disk, and what could not be saved is made again. */

import type { Checkpoint, Rebuild, Restoration, SavedRun } from '../../contract/checkpoints.ts';
import type { Outcome, Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { parseEntries } from '../history/history-entries.ts';
import { missingLines, rebuiltNames, restoredWords } from '../messages/checkpoint-notes.ts';
import { enumerated, firstLine, runsNamed } from '../messages/wording.ts';
import { checkpointChoices, splitName, storeOf } from './checkpoint-arguments.ts';
import type { Command, CommandContext } from './command-context.ts';
import { openDoubtful } from './trust.ts';

/** So many of the names are told that a rebuild binds besides. */
const MOST_NAMES = 5;

export const RESTORE_COMMANDS: readonly Command[] = [
  {
    name: 'restore',
    argument: '[NAME]',
    summary: 'bring back the newest saved session, or NAME; or some of its names: %restore NAME a b',
    choices: checkpointChoices,
    run: restore,
  },
  {
    name: 'rebuild',
    argument: '',
    summary: 'run again what makes the names that did not come back',
    run: rebuild,
  },
];

async function restore(context: CommandContext, argument: string): Promise<boolean> {
  const store = storeOf(context);
  const [words, rest] = await splitName(store, argument);
  const names = rest === '' ? undefined : rest.split(/[\s,]+/).filter(Boolean);
  const before = context.session.state.id;
  const open = () =>
    context.attend(`%restore ${argument}`.trimEnd(), () =>
      context.session.checkpoints.restore(words, { names }),
    );
  const restoration = await openDoubtful(context, {
    open,
    inspect: async () => store.inspect(await store.locate(words)),
    openAnyway: async () => {
      await store.trust(await store.locate(words));
      return open();
    },
  });
  if (!names && restoration.checkpoint.session !== context.saveTracker.session) {
    // The names are there whatever has become of it.
    await recall(context, store, restoration.checkpoint).catch((error: Error) => context.warn(error.message));
  }
  tellRestored(context, restoration, before);
  await proposeRebuild(context, store, restoration);
  return true;
}

/** Bring back what was typed and printed in the session, where that was another one. */
async function recall(context: CommandContext, store: Store, { id }: Checkpoint): Promise<void> {
  const history = await store.part(id, 'history');
  const transcript = await store.part(id, 'transcript');
  context.recall({ entries: parseEntries(history?.toString() ?? ''), transcript });
}

function tellRestored(context: CommandContext, restoration: Restoration, before: number): void {
  context.note(`${restoredWords(restoration, Date.now())}${wayBack(context.session, before)}`);
  for (const line of missingLines(restoration)) {
    context.fail(line);
  }
  for (const { text } of restoration.warnings) {
    context.warn(text);
  }
}

/** Have the runs ready that make names again, and tell what else they would do. */
async function proposeRebuild(
  context: CommandContext,
  store: Store,
  { checkpoint, rebuilds }: Restoration,
): Promise<void> {
  if (rebuilds.length === 0) {
    return;
  }
  const part = await store.part(checkpoint.id, 'runs');
  const others = boundBesides(rebuilds, JSON.parse(part?.toString() ?? '[]') as SavedRun[]);
  const besides = others.length > 0 ? `, and rebinds ${others}` : '';
  context.note(`Enter runs what makes ${rebuiltNames(rebuilds)} again${besides}; any other key does not`);
  context.propose('%rebuild');
}

/** `os and x`: the names that these runs bind besides those that they are for; empty where there are none. */
function boundBesides(rebuilds: readonly Rebuild[], runs: readonly SavedRun[]): string {
  const wanted = new Set(rebuilds.flatMap(({ names }) => names));
  const numbers = new Set(rebuilds.map(({ run }) => run));
  const bound = runs.filter(({ run }) => numbers.has(run)).flatMap(({ names }) => names);
  const others = [...new Set(bound)].filter((name) => !wanted.has(name));
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

async function rebuild(context: CommandContext): Promise<boolean> {
  const { checkpoints } = context.session;
  const rebuilds = checkpoints.restoration?.rebuilds ?? [];
  if (rebuilds.length === 0) {
    throw new Error('There is nothing to rebuild: no name is missing that a run would make again.');
  }
  for (const { run, code } of rebuilds) {
    context.note(`again: run ${run}: ${firstLine(code, context.columns - 20)}`);
  }
  const outcomes = await context.attend('%rebuild', () => checkpoints.rebuild());
  return tellRebuilt(context, outcomes);
}

function tellRebuilt(context: CommandContext, outcomes: readonly Outcome[]): boolean {
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
