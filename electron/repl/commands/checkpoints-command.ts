/** `%checkpoints`: the saved sessions, what is in one, and what else can be done with them. */

import { isDamaged } from '../../contract/checkpoints.ts';
import { type ActionContext, storeOf } from '../actions/action-context.ts';
import { openDoubtful } from '../actions/trust.ts';
import { handleOf, labelOf, namesIn } from '../messages/checkpoint-notes.ts';
import { inspectionText } from '../messages/checkpoint-view.ts';
import { checkpointsList } from '../messages/checkpoints-list.ts';
import { withoutWords } from '../messages/extras-words.ts';
import { checkpointChoices, nameAndRest } from './checkpoint-arguments.ts';
import type { Command, CompletionContext } from './command.ts';

const SHOWN = 20;
const ENDING = '.pyrepl3';
const ALL = 'all';
/** Before the name: not names and code alone. */
const EVERYTHING = /^--all\s+/;

type Work = (context: ActionContext, argument: string) => Promise<void>;

/** What the first word may be, unless it is a checkpoint's name. */
const WORDS: Record<string, Work> = {
  rename: renameOne,
  delete: deleteOne,
  export: exportOne,
  import: importOne,
};

export const CHECKPOINTS_COMMAND: Command = {
  name: 'checkpoints',
  argument: '[NAME]',
  summary: `the last ${SHOWN} saved sessions, or all; what is in NAME; rename, delete, export, import`,
  choices,
  run: async (context, argument) => {
    const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(argument) ?? [];
    const work = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (work) {
      await work(context, rest);
    } else if (argument === '' || argument === ALL) {
      await list(context, argument === ALL ? Number.POSITIVE_INFINITY : SHOWN);
    } else {
      await show(context, argument);
    }
    return true;
  },
};

async function choices(context: CompletionContext, typed: string): Promise<string[]> {
  const found = await checkpointChoices(context);
  const [, word] = /^(rename|delete|export|export --all) /.exec(typed) ?? [];
  return word ? found.map((each) => `${word} ${each}`) : [...Object.keys(WORDS), ALL, ...found];
}

async function list(context: ActionContext, count: number): Promise<void> {
  const store = storeOf(context);
  const { columns, palette } = context;
  const found = await store.list();
  if (found.length === 0) {
    context.say('· There are no saved sessions yet: %save makes one.');
    return;
  }
  context.say(checkpointsList({ found, count, columns, palette, now: Date.now() }));
  const { warning } = await store.usage();
  if (warning !== null) {
    context.warn(warning);
  }
}

async function show(context: ActionContext, words: string): Promise<void> {
  const store = storeOf(context);
  const { columns, palette } = context;
  // All of its data is read, to see whether it is whole: with gigabytes one may have to wait.
  const inspection = store.inspect(await store.locate(words));
  const found = await context.wait(inspection, () => undefined);
  context.say(inspectionText(found, { columns, palette, now: Date.now() }));
}

async function renameOne(context: ActionContext, argument: string): Promise<void> {
  const store = storeOf(context);
  const [words, name] = await nameAndRest(store, argument, '%checkpoints rename NAME NEW');
  const checkpoint = await store.find(words);
  await store.rename(checkpoint.id, name);
  context.note(`${labelOf(checkpoint, Date.now())} is named ${name} now`);
}

async function deleteOne(context: ActionContext, argument: string): Promise<void> {
  const store = storeOf(context);
  if (argument === '') {
    throw new Error('More is needed: %checkpoints delete NAME.');
  }
  const id = await store.locate(argument);
  const found = (await store.list()).find((each) => each.id === id);
  await store.remove(id);
  const what = found && !isDamaged(found) ? `${labelOf(found, Date.now())}: ${namesIn(found)}` : id;
  context.note(`deleted ${what}`);
}

async function exportOne(context: ActionContext, argument: string): Promise<void> {
  const store = storeOf(context);
  const everything = EVERYTHING.test(argument);
  const rest = argument.replace(EVERYTHING, '');
  const [words, given] = await nameAndRest(store, rest, '%checkpoints export [--all] NAME FILE');
  const file = given.endsWith(ENDING) ? given : `${given}${ENDING}`;
  const checkpoint = await store.find(words);
  const left = await context.wait(store.exportTo(checkpoint.id, file, { everything }), () => undefined);
  context.note(`exported ${labelOf(checkpoint, Date.now())} to ${file}${withoutWords(left)}`);
}

async function importOne(context: ActionContext, file: string): Promise<void> {
  const store = storeOf(context);
  if (file === '') {
    throw new Error('More is needed: %checkpoints import FILE.');
  }
  const checkpoint = await openDoubtful(context, {
    open: () => store.importFrom(file, { trust: false }),
    inspect: () => store.inspectFile(file),
    openAnyway: ({ digest }) => store.importFrom(file, { trust: true, digest }),
  });
  const { name, id } = checkpoint;
  context.note(
    `imported ${name ?? id}: ${namesIn(checkpoint)} · %restore ${handleOf(checkpoint)} brings them back`,
  );
}
