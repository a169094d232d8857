/** What is done with a saved session beside restoring it: delete it, and take it to a file or from one. */

import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { Comparison, Contents, Remark } from '../../contract/checkpoint-news.ts';
import { extrasWords } from '../../repl/messages/extras-words.ts';
import { wordsOf } from '../../repl/messages/wording.ts';
import type { Store } from '../../supervisor/store/store.ts';
import type { Repl } from '../session/repl.ts';
import { shorten } from '../session/situation.ts';
import { toCard, toContents } from './checkpoint-cards.ts';
import type { ForeignCheckpoints } from './foreign-checkpoints.ts';

export interface SavedParts {
  window: BrowserWindow;
  store: Store;
  repl: Repl;
  foreignCheckpoints: ForeignCheckpoints;
  /** Where files are looked for first. */
  folder: string;
}

const FILTERS = [{ name: 'Saved session', extensions: ['pyrepl3'] }];

export async function openSaved({ store, repl }: SavedParts, id: string): Promise<Contents | string> {
  try {
    return toContents(await store.inspect(id), repl.python);
  } catch (error) {
    return wordsOf(error);
  }
}

/** Which names differ, from the earlier to the later one. */
export async function compareSaved(
  { store }: SavedParts,
  one: string,
  other: string,
): Promise<Comparison | string> {
  const [before, after] = one < other ? [one, other] : [other, one];
  try {
    const difference = await store.compare(before, after);
    return {
      before: toCard(await store.find({ id: before })),
      after: toCard(await store.find({ id: after })),
      difference,
    };
  } catch (error) {
    return wordsOf(error);
  }
}

/** Why it cannot be called that, in words, or `null`. */
export async function renameSaved(
  { store }: SavedParts,
  id: string,
  name: string | null,
): Promise<string | null> {
  try {
    await store.rename(id, name);
    return null;
  } catch (error) {
    return wordsOf(error);
  }
}

/** Delete it after a question; `null` when the user cancelled. */
export async function deleteSaved({ window, store }: SavedParts, id: string): Promise<Remark | null> {
  const label = await labelOf(store, id);
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: `Delete ${label}?`,
    detail: 'Its names are removed from the disk. This cannot be undone.',
    buttons: ['Delete', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0 ? remark(() => store.remove(id), `Deleted ${label}.`) : null;
}

/** Write it to a file, names and code alone where the user does not want more; `null` when the user cancelled. */
export async function exportSaved({ window, store, folder }: SavedParts, id: string): Promise<Remark | null> {
  const label = await labelOf(store, id);
  const extras = await store.extras(id).then(extrasWords, () => '');
  const answer = extras === '' ? WITHOUT : await askHowMuch(window, label, extras);
  if (answer === CANCELLED) return null;
  const { filePath } = await dialog.showSaveDialog(window, {
    title: `Export ${label}`,
    buttonLabel: 'Export',
    defaultPath: path.join(folder, `${label.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')}.pyrepl3`),
    filters: FILTERS,
  });
  if (!filePath) return null;
  return remark(
    () => store.exportTo(id, filePath, { everything: answer === WITH_ALL }),
    `Exported ${label} to ${shorten(filePath)}.`,
  );
}

/** The buttons of the question, in their order. */
const [WITHOUT, WITH_ALL, CANCELLED] = [0, 1, 2];

/** Whoever gets the file would also read what is in it beside names and code. */
async function askHowMuch(window: BrowserWindow, label: string, extras: string): Promise<number> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Export names and code of ${label}, or everything?`,
    detail: `Everything is also ${extras}.`,
    buttons: ['Names and Code', 'Everything', 'Cancel'],
    defaultId: WITHOUT,
    cancelId: CANCELLED,
  });
  return response;
}

/** Ask for a file; it is then shown as one that was opened from outside. */
export async function importSaved({ window, foreignCheckpoints, folder }: SavedParts): Promise<void> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import a saved session',
    buttonLabel: 'Look into it',
    defaultPath: folder,
    filters: FILTERS,
    properties: ['openFile'],
  });
  if (filePaths[0] !== undefined) await foreignCheckpoints.receive(filePaths[0]);
}

/** What the user calls it; its id where it has no name, or none that can be read. */
async function labelOf(store: Store, id: string): Promise<string> {
  const checkpoint = await store.find({ id }).catch(() => null);
  return checkpoint?.name ?? id;
}

async function remark(work: () => Promise<unknown>, text: string): Promise<Remark> {
  try {
    await work();
    return { text, failed: false };
  } catch (error) {
    return { text: wordsOf(error), failed: true };
  }
}
