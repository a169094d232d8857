/** Opens and saves the editor's script; what has not been saved is never lost on the way. */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserWindow, dialog } from 'electron';
import type { Script } from '../../contract/bridge.ts';
import type { Send } from '../ipc/signals.ts';
import { findDraft, keepDraft } from './drafts.ts';
import { bringBack, readScriptPart, writeScriptPart } from './script-attachment.ts';
import type { WindowSettings } from './window-settings.ts';

export interface ScriptParts {
  window: BrowserWindow;
  windowSettings: WindowSettings;
  folder: string;
  send: Send;
}

/** The page gets so long to tell what was typed. */
const CATCH_UP_MS = 500;

const FILTERS = [
  { name: 'Python', extensions: ['py', 'pyw', 'pyi'] },
  { name: 'All files', extensions: ['*'] },
];

export class Scripts {
  readonly #parts: ScriptParts;
  /** Who waits for the script as it is now. */
  readonly #waiting: (() => void)[] = [];
  #current: Script = { path: null, text: '', saved: null, cursor: null };

  constructor(parts: ScriptParts) {
    this.#parts = parts;
  }

  get current(): Script {
    return this.#current;
  }

  /** Begin with the file that was asked for, or else with the script of the last time. */
  begin(asked: string | null): void {
    this.#load(asked ?? this.#parts.windowSettings.values.script);
  }

  /** Show a file in a window that is there already. */
  show(file: string): void {
    if (file !== this.#current.path) this.#parts.send('script', this.#load(file));
  }

  /** Remember the script as it is now; its unsaved text goes to the disk. */
  keep(script: Script): void {
    for (const hear of this.#waiting.splice(0)) hear();
    const { path, text, saved } = this.#current;
    const isSame = path === script.path && text === script.text && saved === script.saved;
    this.#current = script;
    if (isSame) return;
    this.#parts.windowSettings.change({ script: script.path });
    keepDraft(script);
  }

  /** The script as a part of a checkpoint. */
  async part(): Promise<Uint8Array> {
    await this.#catchUp();
    return writeScriptPart(this.#current);
  }

  /** Show the script of a checkpoint that has been restored; say what became of the one before, or `null`. */
  async bringBack(part: Buffer | null): Promise<string | null> {
    const then = readScriptPart(part);
    if (!then) return null;
    await this.#catchUp();
    const onDisk = then.path === null ? null : readQuietly(then.path);
    const found = bringBack(then, { current: this.#current, onDisk, draft: findDraft(then.path) });
    if (!found) return null;
    this.keep(found.script);
    this.#parts.send('script', found.script);
    return found.words;
  }

  /** Have what was typed a moment ago; a page that does not answer has nothing newer. */
  #catchUp(): Promise<unknown> {
    const kept = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#parts.send('keeping', null);
    return Promise.race([kept, wait(CATCH_UP_MS)]);
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
    const script = { path: file, text: findDraft(file) ?? saved ?? '', saved, cursor: null };
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
    const saved = { ...script, path: file, saved: script.text };
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

/** The text of a file; `null` where there is none that can be read. */
function readQuietly(file: string): string | null {
  try {
    return decode(file);
  } catch {
    // What was written of it is in the checkpoint.
    return null;
  }
}

function decode(file: string): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
}

/** The text of a file; `null` where there is no such file yet. */
function readText(file: string): string | null {
  try {
    return decode(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    dialog.showErrorBox(
      `${path.basename(file)} could not be read`,
      `${String(error)}\n\nThe editor opens UTF-8 text.`,
    );
    return null;
  }
}
