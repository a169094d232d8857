/** The commands `pyrepl3 checkpoints …` and `pyrepl3 inspect`. */

import { existsSync } from 'node:fs';
import { type Inspection, isDamaged } from '../contract/checkpoints.ts';
import { readPreferences } from '../repl/controller/preferences.ts';
import {
  differenceText,
  inspectionText,
  type ListStyle,
  listText,
} from '../repl/messages/checkpoint-view.ts';
import { withoutWords } from '../repl/messages/extras-words.ts';
import { paletteFor } from '../repl/screen/palette.ts';
import { type Store, Untrusted } from '../supervisor/store/store.ts';
import { openUsersStore } from '../supervisor/store/users-store.ts';
import { plain } from '../wording/plain-text.ts';
import type { CheckpointTask } from './checkpoint-tool-arguments.ts';
import { confirm } from './confirming.ts';
import { complain } from './script-runner.ts';
import { CHECKPOINTS_USAGE } from './usage.ts';

const DAMAGED_STATUS = 1;
const ADD_YES = 'Deleting is permanent; add --yes where there is no terminal to ask on.';

/** Resolves with the exit status; throws an Error with words where it cannot be done. */
export async function runCheckpointTool(task: CheckpointTask): Promise<number> {
  const { settings, complaint } = readPreferences();
  if (complaint) {
    complain(complaint);
  }
  return new CheckpointTool(task, openUsersStore(settings)).run();
}

class CheckpointTool {
  readonly #task: CheckpointTask;
  readonly #store: Store;

  constructor(task: CheckpointTask, store: Store) {
    this.#task = task;
    this.#store = store;
  }

  async run(): Promise<number> {
    const [first = '', second = '', ...more] = this.#task.words;
    switch (this.#task.action) {
      case 'help':
        return say(CHECKPOINTS_USAGE.trimEnd());
      case 'list':
        return this.#list();
      case 'show':
        return this.#tellInspection(await this.#store.inspect(await this.#store.locate(first)));
      case 'inspect':
        return this.#tellInspection(await this.#store.inspectFile(first));
      case 'compare':
        return this.#compare(first, second);
      case 'rename':
        return this.#rename(first, second);
      case 'delete':
        return this.#delete([first, second, ...more].filter((word) => word !== ''));
      case 'export':
        return this.#export(first, second);
      case 'import':
        return this.#import(first);
    }
  }

  async #list(): Promise<number> {
    const checkpoints = await this.#store.list();
    const { warning } = await this.#store.usage();
    if (warning !== null) {
      complain(warning);
    }
    return this.#tell(checkpoints, () => listText(checkpoints, view()));
  }

  #tellInspection(inspection: Inspection): number {
    this.#tell(inspection, () => inspectionText(inspection, view()));
    return inspection.damage.pieces > 0 ? DAMAGED_STATUS : 0;
  }

  async #compare(one: string, other: string): Promise<number> {
    const [before, after] = [await this.#store.find(one), await this.#store.find(other)];
    const difference = await this.#store.compare(before.id, after.id);
    return this.#tell(difference, () => differenceText(difference, view()));
  }

  async #rename(words: string, name: string): Promise<number> {
    const { id } = await this.#store.find(words);
    await this.#store.rename(id, name === '' ? null : name);
    const checkpoint = await this.#store.find({ id });
    const text = checkpoint.name === null ? 'has no name now' : `is named ${checkpoint.name} now`;
    return this.#tell(checkpoint, () => `Checkpoint ${id} ${text}.`);
  }

  async #delete(words: readonly string[]): Promise<number> {
    const ids = new Set<string>();
    for (const word of words) {
      ids.add(await this.#store.locate(word));
    }
    const listed = (await this.#store.list()).filter(({ id }) => ids.has(id));
    const names = listed.map((each) => (isDamaged(each) || each.name === null ? each.id : plain(each.name)));
    if (!this.#task.yes && !(await confirm(`Delete ${names.join(', ')} permanently?`, ADD_YES))) {
      throw new Error('Nothing was deleted.');
    }
    for (const id of ids) {
      await this.#store.remove(id);
    }
    return this.#tell({ deleted: [...ids] }, () => `Deleted ${names.join(', ')}.`);
  }

  async #export(words: string, file: string): Promise<number> {
    const checkpoint = await this.#store.find(words);
    const isAsked = existsSync(file) && !this.#task.yes;
    const there = `${file} exists already`;
    if (isAsked && !(await confirm(`${there}. Replace it?`, `${there}; add --yes to replace it.`))) {
      throw new Error('Nothing was exported.');
    }
    const left = await this.#store.exportTo(checkpoint.id, file, { everything: this.#task.all });
    return this.#tell(
      { id: checkpoint.id, file, left },
      () => `Exported ${checkpoint.id} to ${file}${withoutWords(left)}.`,
    );
  }

  async #import(file: string): Promise<number> {
    const checkpoint = await this.#store
      .importFrom(file, { trust: this.#task.trust })
      .catch(async (error) => {
        if (!(error instanceof Untrusted)) {
          throw error;
        }
        const { digest } = await this.#store.inspectFile(file);
        if (!(await confirm(`${error.message} Import it?`, `${error.message} Add --trust to import it.`))) {
          throw new Error('Nothing was imported.');
        }
        return this.#store.importFrom(file, { trust: true, digest });
      });
    return this.#tell(checkpoint, () => `Imported ${checkpoint.id}${named(checkpoint.name)}.`);
  }

  #tell(value: unknown, text: () => string): number {
    return say(this.#task.json ? JSON.stringify(value, null, 2) : text());
  }
}

function named(name: string | null): string {
  return name === null ? '' : `, named ${plain(name)}`;
}

function view(): ListStyle {
  const isTerminal = process.stdout.isTTY === true;
  const colours = isTerminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return {
    palette: paletteFor(colours),
    columns: isTerminal ? process.stdout.columns : null,
    now: Date.now(),
  };
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
