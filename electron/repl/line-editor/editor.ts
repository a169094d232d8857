/** The line editor: keys change a text, and some of them ask for what only its owner can do. */

import type { Completed, Described } from '../../contract/messages.ts';
import { AutoIndent } from './auto-indent.ts';
import { TextBuffer } from './buffer.ts';
import { Choices, commonPrefix } from './completion-choices.ts';
import { pressInChoices } from './completion-keys.ts';
import { dedent, EDITS, type EditContext, indent, openLine } from './edits.ts';
import { HistoryNavigation, suggest } from './history-navigation.ts';
import { Search } from './history-search.ts';
import type { Key } from './keys.ts';
import type { KillRing } from './kill-ring.ts';
import { cleanPaste } from './paste.ts';
import { pressInSearch } from './search-keys.ts';

/** What a key asks of the editor's owner; `done` is nothing. */
export type Wish =
  | 'done'
  | 'enter'
  | 'complete'
  | 'describe'
  | 'leave'
  | 'cancel'
  | 'clear'
  | 'help'
  | 'suspend'
  | 'undo run'
  | 'redo run';

export interface EditorOptions {
  /** `code`: Python over several lines; `answer`: one line; `hidden`: one line that nobody sees. */
  mode: 'code' | 'answer' | 'hidden';
  /** What was typed before, oldest first. */
  entries: () => readonly string[];
  killRing: KillRing;
  /** The width of the list of completions. */
  columns: () => number;
}

const WISHES: Record<string, Wish> = {
  Enter: 'enter',
  'C-m': 'enter',
  'C-c': 'cancel',
  'C-l': 'clear',
  F1: 'help',
  'C-z': 'suspend',
  'M-z': 'undo run',
  'M-Z': 'redo run',
};

/** Editing keys after which a signature's hint is asked for again. */
const OPENS_SIGNATURE = /[(,]\s*$/;

export class Editor {
  readonly mode: EditorOptions['mode'];
  readonly buffer = new TextBuffer();
  readonly autoIndent = new AutoIndent();
  /** The list of completions, where it is open. */
  choices: Choices | null = null;
  /** The search in history, where one is going on. */
  search: Search | null = null;
  /** The signature of the call around the cursor, where it is shown. */
  signature: Described | null = null;
  /** What stands under the line when nothing else does. */
  standing: string | null = null;
  /** What Enter would run while nothing is typed. */
  proposal: string | null = null;
  #options: EditorOptions;
  #context: EditContext;
  #navigation: HistoryNavigation;

  constructor(options: EditorOptions) {
    this.mode = options.mode;
    this.#options = options;
    this.#context = { buffer: this.buffer, killRing: options.killRing, last: 'other', now: 'other' };
    this.#navigation = new HistoryNavigation(options.entries);
  }

  /** The rest of an entry of history that begins as the text does. */
  get suggestion(): string {
    if (this.proposal !== null && this.buffer.text === '') {
      return this.proposal;
    }
    if (this.mode !== 'code' || !this.buffer.isAtEnd || this.choices || this.search) {
      return '';
    }
    return suggest(this.#options.entries(), this.buffer.text);
  }

  /** Begin with another text. */
  reset(text = '', cursor = text.length): void {
    this.buffer.reset(text, cursor);
    this.autoIndent.reset();
    this.closeHints();
    this.#navigation.end();
    this.#context.now = 'other';
  }

  /** Leave nothing under the line. */
  closeHints(): void {
    this.choices = null;
    this.search = null;
    this.signature = null;
  }

  press(key: Key): Wish {
    this.#context.last = this.#context.now;
    this.#context.now = 'other';
    if (this.#pressInHints(key)) {
      return 'done';
    }
    this.autoIndent.makeWay(this.buffer, key);
    const { text } = this.buffer;
    const wish = this.#act(key);
    if (this.buffer.text !== text && !isRecall(key)) {
      this.#navigation.end();
    }
    return wish === 'done' ? this.#wantsSignature(key) : wish;
  }

  /** Show completions, or put in the only one. */
  offer(completed: Completed): void {
    const { buffer } = this;
    const { start, matches } = completed;
    const typed = buffer.text.slice(start, buffer.cursor);
    if (matches.length === 0) {
      return;
    }
    const common = commonPrefix(matches);
    const grows = matches.length === 1 || (common.length > typed.length && common.startsWith(typed));
    if (grows) {
      buffer.replace(start, buffer.cursor, common);
    }
    if (matches.length > 1) {
      this.choices = new Choices(matches, start, buffer.text.slice(start, buffer.cursor));
    }
  }

  #act(key: Key): Wish {
    if (key.name === 'text') {
      return this.#insert(key.text);
    }
    if (key.name === 'paste') {
      return this.#paste(key.text);
    }
    const wish = WISHES[key.name];
    if (wish) {
      return wish;
    }
    if (key.name === 'C-d' && this.buffer.text === '') {
      return 'leave';
    }
    if (this.mode === 'hidden') {
      return this.#edit(key.name);
    }
    return (
      this.#actInHistory(key.name) ??
      (this.mode === 'code' ? this.#actInCode(key.name) : this.#edit(key.name))
    );
  }

  #actInHistory(name: string): Wish | null {
    if (name === 'Up' || name === 'C-p') {
      this.#goUp();
    } else if (name === 'Down' || name === 'C-n') {
      this.#goDown();
    } else if (name === 'PageUp' || name === 'M-p') {
      this.#recallOlder();
    } else if (name === 'PageDown' || name === 'M-n') {
      this.#recallNewer();
    } else if (name === 'C-r' || name === 'C-s') {
      this.#openSearch();
    } else {
      return null;
    }
    return 'done';
  }

  #actInCode(name: string): Wish {
    if (name === 'Tab') {
      if (this.buffer.lineBeforeCursor.trim() !== '') {
        return 'complete';
      }
      indent(this.#context);
    } else if (name === 'S-Tab') {
      dedent(this.#context);
    } else if (name === 'M-Enter' || name === 'C-j' || name === 'S-Enter') {
      openLine(this.#context);
    } else if (name === 'Escape' || name === 'C-g') {
      this.closeHints();
    } else if (this.#acceptsSuggestion(name)) {
      this.#acceptSuggestion(name);
    } else {
      return this.#edit(name);
    }
    return 'done';
  }

  #edit(name: string): Wish {
    EDITS[name]?.(this.#context);
    return 'done';
  }

  #insert(text: string): Wish {
    this.buffer.insert(text, /\s/.test(text) ? null : 'insert');
    return 'done';
  }

  #paste(text: string): Wish {
    const clean = cleanPaste(text);
    this.buffer.insert(this.mode === 'code' ? clean : clean.replace(/\n+$/, '').replace(/\n/g, ' '));
    return 'done';
  }

  #acceptsSuggestion(name: string): boolean {
    return (
      ['Right', 'C-f', 'C-e', 'End', 'M-f', 'C-Right', 'M-Right'].includes(name) && this.suggestion !== ''
    );
  }

  /** All of it, or with the keys that move by words its next word. */
  #acceptSuggestion(name: string): void {
    const { suggestion } = this;
    const byWord = name.startsWith('M-') || name === 'C-Right';
    this.buffer.insert(byWord ? (/^\W*\w+/.exec(suggestion)?.[0] ?? suggestion) : suggestion);
  }

  #goUp(): void {
    if (!this.buffer.moveByLine(false)) {
      this.#recallOlder();
    }
  }

  #goDown(): void {
    if (!this.buffer.moveByLine(true)) {
      this.#recallNewer();
    }
  }

  #recallOlder(): void {
    this.#show(this.#navigation.older(this.buffer.text, this.buffer.cursor));
  }

  #recallNewer(): void {
    this.#show(this.#navigation.newer(this.buffer.text));
  }

  #show(entry: string | null): void {
    if (entry !== null) {
      this.buffer.set(entry);
    }
    this.signature = null;
  }

  #openSearch(): void {
    const { text, cursor } = this.buffer;
    this.closeHints();
    this.search = new Search(this.#options.entries(), { text, cursor });
  }

  /** Whether the search or the list of completions took the key. */
  #pressInHints(key: Key): boolean {
    if (this.search) {
      const { isTaken, isOpen } = pressInSearch(key, this.search, this.buffer);
      this.search = isOpen ? this.search : null;
      return isTaken;
    }
    if (this.choices) {
      const { isTaken, choices } = pressInChoices(key, this.choices, this.buffer, this.#options.columns());
      this.choices = choices;
      return isTaken;
    }
    return false;
  }

  #wantsSignature(key: Key): Wish {
    if (this.mode !== 'code' || this.choices || this.search || key.name === 'paste') {
      return 'done';
    }
    const opens = key.name === 'text' && OPENS_SIGNATURE.test(key.text);
    return opens || this.signature ? 'describe' : 'done';
  }
}

function isRecall(key: Key): boolean {
  return /^(?:Up|Down|Page(?:Up|Down)|[CM]-[pn])$/.test(key.name);
}
