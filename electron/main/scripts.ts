/** Opens and saves the editor's script; what has not been saved is never lost on the way. */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { Script } from '../contract/bridge.ts';
import { findDraft, keepDraft } from './drafts.ts';
import type { Keeper } from './kept.ts';
import type { Send } from './signals.ts';

export interface ScriptParts {
  window: BrowserWindow;
  keeper: Keeper;
  folder: string;
  send: Send;
}

const FILTERS = [
  { name: 'Python', extensions: ['py', 'pyw', 'pyi'] },
  { name: 'All files', extensions: ['*'] },
];

export class Scripts {
  readonly #parts: ScriptParts;
  #current: Script = { path: null, text: '', saved: null };

  constructor(parts: ScriptParts) {
    this.#parts = parts;
  }

  get current(): Script {
    return this.#current;
  }

  /** Begin with the file that was asked for, or else with the script of the last time. */
  begin(asked: string | null): void {
    this.#load(asked ?? this.#parts.keeper.values.script);
  }

  /** Show a file in a window that is there already. */
  show(file: string): void {
    if (file !== this.#current.path) this.#parts.send('script', this.#load(file));
  }

  /** Remember the script as it is now; its unsaved text goes to the disk. */
  keep(script: Script): void {
    this.#current = script;
    this.#parts.keeper.change({ script: script.path });
    keepDraft(script);
  }

  async open(current: Script): Promise<Script | null> {
    this.keep(current);
    const { filePaths } = await dialog.showOpenDialog(this.#parts.window, {
      defaultPath: current.path ? path.dirname(current.path) : this.#parts.folder,
      filters: FILTERS,
      properties: ['openFile'],
    });
    return filePaths[0] === undefined ? null : this.#load(filePaths[0]);
  }

  /** An empty script, or the one without a file that was left for another. */
  async empty(current: Script): Promise<Script | null> {
    this.keep(current);
    if (current.path === null && current.text !== '' && !(await this.#parted(current))) return null;
    return this.#load(null);
  }

  async save(script: Script): Promise<Script | null> {
    if (script.path === null) return this.saveAs(script);
    const onDisk = readText(script.path);
    if (onDisk !== null && onDisk !== script.saved && !(await this.#mayReplace(script.path))) return null;
    return this.#write(script, script.path);
  }

  async saveAs(script: Script): Promise<Script | null> {
    const { filePath } = await dialog.showSaveDialog(this.#parts.window, {
      defaultPath: script.path ?? path.join(this.#parts.folder, 'script.py'),
      filters: FILTERS,
    });
    return filePath ? this.#write(script, filePath) : null;
  }

  #load(file: string | null): Script {
    const saved = file === null ? null : readText(file);
    const script = { path: file, text: findDraft(file) ?? saved ?? '', saved };
    this.keep(script);
    return script;
  }

  #write(script: Script, file: string): Script | null {
    try {
      // In place: a link stays a link, and the file keeps its owner and its permissions.
      writeFileSync(file, script.text);
    } catch (error) {
      dialog.showErrorBox(
        `${path.basename(file)} could not be saved`,
        `${String(error)}\n\nIts text is kept as a draft.`,
      );
      return null;
    }
    // The draft of the name that it had before has become this file.
    keepDraft({ ...script, saved: script.text });
    const saved = { path: file, text: script.text, saved: script.text };
    this.keep(saved);
    return saved;
  }

  /** Whether the user has parted from a script without a file: saved it, or does not want it. */
  async #parted(script: Script): Promise<boolean> {
    const { response } = await dialog.showMessageBox(this.#parts.window, {
      type: 'question',
      message: 'Save this script first?',
      detail: 'It has no file yet. What is not saved is thrown away.',
      buttons: ['Save…', 'Throw away', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 0) return (await this.saveAs(script)) !== null;
    if (response === 1) keepDraft({ ...script, saved: script.text });
    return response === 1;
  }

  async #mayReplace(file: string): Promise<boolean> {
    const { response } = await dialog.showMessageBox(this.#parts.window, {
      type: 'warning',
      message: `${path.basename(file)} was changed by another program`,
      detail: 'Saving replaces what is in the file now with the text in the editor.',
      buttons: ['Replace', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    return response === 0;
  }
}

/** The text of a file; `null` where there is no such file yet. */
function readText(file: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    dialog.showErrorBox(
      `${path.basename(file)} could not be read`,
      `${String(error)}\n\nThe editor opens UTF-8 text.`,
    );
    return null;
  }
}
