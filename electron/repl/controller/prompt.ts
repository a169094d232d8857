/** The prompt: keys edit code, Enter runs it when it is whole, Python is asked what fits. */

import { background } from '../../supervisor/platform/background.ts';
import type { Session } from '../../supervisor/session.ts';
import type { Store } from '../../supervisor/store/store.ts';
import { codeStart, completeCommand } from '../commands/registry.ts';
import type { History } from '../history/history.ts';
import { Editor, type EditorOptions } from '../line-editor/editor.ts';
import { openLine } from '../line-editor/edits.ts';
import type { Key } from '../line-editor/keys.ts';
import type { Display } from './display.ts';

export interface PromptOptions {
  session: Session;
  store: Store | null;
  display: Display;
  history: History;
  killRing: EditorOptions['killRing'];
  /** What stands under the line when nothing else does. */
  standing(): string | null;
  /** Code that is to run now. */
  accept(code: string): void;
  undoRun(): void;
  redoRun(): void;
  /** Stop the save that is going on. */
  stopSaving(): void;
  leave(): void;
  help(): void;
  suspend(): void;
  /** Python has answered: keys that waited can be pressed. */
  ready(): void;
  /** What has been typed that nobody has pressed yet. */
  typedAhead(): string;
}

/** Enter, and the keys that take a suggestion. */
const TAKES_PROPOSAL = ['Enter', 'C-m', 'Right', 'C-f', 'End', 'C-e'];

export class Prompt {
  readonly editor: Editor;
  readonly #options: PromptOptions;
  /** The question to Python that keys wait for. */
  #asked: symbol | null = null;
  /** Looks at the first key. */
  #first: ((key: Key) => boolean) | null = null;
  #describing = false;

  constructor(options: PromptOptions) {
    this.#options = options;
    const { history, killRing, display } = options;
    this.editor = new Editor({
      mode: 'code',
      entries: () => history.entries,
      killRing,
      columns: () => display.columns,
    });
  }

  /** Whether keys must wait. */
  get isBusy(): boolean {
    return this.#asked !== null;
  }

  open(): void {
    this.#asked = null;
    this.editor.standing = this.#options.standing();
    this.#options.display.openBelow(this.editor, this.#options.session.prompts);
  }

  /** Look again at what stands under the line. */
  stand(): void {
    this.editor.standing = this.#options.standing();
    this.#options.display.refresh();
  }

  /** Wait for Python no longer. */
  abandon(): void {
    this.#asked = null;
  }

  /** Have the first key looked at by someone who tells whether he took it; not what was typed before. */
  expect(take: (key: Key) => boolean): void {
    this.#first = this.#options.typedAhead() === '' ? take : null;
  }

  /** Have a line ready: Enter runs it, any other key takes it away. */
  propose(line: string): void {
    this.expect(({ name }) => {
      this.editor.proposal = null;
      if (TAKES_PROPOSAL.includes(name)) {
        this.editor.reset(line);
      }
      return false;
    });
    this.editor.proposal = this.#first && line;
  }

  /** The next key is one like any other. */
  forget(): void {
    this.#first = null;
    this.editor.proposal = null;
  }

  press(key: Key): void {
    const first = this.#first;
    this.#first = null;
    if (!first?.(key)) {
      this.#press(key);
    }
  }

  #press(key: Key): void {
    const { display, undoRun, redoRun, leave, help, suspend, typedAhead } = this.#options;
    const { autoIndent, buffer } = this.editor;
    const wish = this.editor.press(autoIndent.asTyped(buffer, key, typedAhead()));
    if (wish === 'enter') {
      this.#enter();
    } else if (wish === 'complete') {
      this.#complete();
    } else if (wish === 'describe') {
      this.#describe();
    } else if (wish === 'cancel') {
      this.#cancel();
    } else if (wish === 'clear') {
      display.clearScreen();
    } else if (wish === 'leave') {
      leave();
    } else if (wish === 'help') {
      help();
    } else if (wish === 'suspend') {
      suspend();
    } else if (wish === 'undo run') {
      undoRun();
    } else if (wish === 'redo run') {
      redoRun();
    }
  }

  #cancel(): void {
    const { display, session, stopSaving } = this.#options;
    // Where Python saves itself, code waits for that.
    if (session.status.kind === 'saving') {
      stopSaving();
    }
    this.editor.closeHints();
    display.finish();
    this.editor.reset();
    display.say('KeyboardInterrupt');
    this.open();
  }

  #enter(): void {
    const { buffer } = this.editor;
    const start = codeStart(buffer.text);
    this.editor.closeHints();
    if (buffer.text.trim() === '' || start === null) {
      this.#accept();
    } else if (!buffer.isOnLastLine) {
      openLine({ buffer, killRing: this.#options.killRing, last: 'other', now: 'other' });
    } else {
      this.#ask(async (isCurrent) => {
        // White space that auto-indent put there is no line of the block.
        const code = buffer.text.slice(start).replace(/\n[ \t]*$/, '\n');
        const { verdict, indent } = await this.#options.session.check(code);
        if (!isCurrent()) {
          return;
        }
        if (verdict !== 'incomplete') {
          this.#accept();
        } else {
          buffer.moveTo(buffer.text.length);
          this.editor.autoIndent.open(buffer, indent, this.#options.typedAhead());
        }
      });
    }
  }

  #accept(): void {
    const { display, accept } = this.#options;
    const code = this.editor.buffer.text.trimEnd();
    display.finish();
    this.editor.reset();
    accept(code);
  }

  #complete(): void {
    const { buffer } = this.editor;
    const { text, cursor } = buffer;
    const start = codeStart(text);
    if (start === null || cursor < start) {
      this.#ask(async (isCurrent) => {
        const completed = await completeCommand(buffer.beforeCursor, this.#options);
        if (isCurrent()) {
          this.editor.offer(completed);
        }
      });
      return;
    }
    this.#ask(async (isCurrent) => {
      const completed = await this.#options.session.complete(text.slice(start), cursor - start);
      if (isCurrent()) {
        this.editor.offer({ ...completed, start: completed.start + start });
      }
    });
  }

  /** Ask Python and let keys wait for the answer, so that they do what they would have done after it. */
  #ask(question: (isCurrent: () => boolean) => Promise<void>): void {
    background(this.#askAndWait(question), 'asking Python');
  }

  async #askAndWait(question: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    const mine = Symbol('question');
    this.#asked = mine;
    try {
      await question(() => this.#asked === mine);
    } catch {
      // Python has ended; the console says so.
    }
    if (this.#asked === mine) {
      this.#asked = null;
      this.#options.display.refresh();
      this.#options.ready();
    }
  }

  /** Show the signature for what is typed; keys do not wait for it. */
  #describe(): void {
    if (this.#describing) {
      return;
    }
    this.#describing = true;
    const { text, cursor } = this.editor.buffer;
    const start = codeStart(text) ?? text.length;
    this.#options.session
      .describe(text.slice(start), Math.max(0, cursor - start))
      .then((described) => {
        this.#describing = false;
        const { buffer } = this.editor;
        if (buffer.text !== text || buffer.cursor !== cursor) {
          // Typed on in the meantime: ask about that.
          if (buffer.text.startsWith(text)) {
            this.#describe();
          }
          return;
        }
        this.editor.signature = described.signature === null ? null : described;
        this.#options.display.refresh();
      })
      .catch(() => {
        // Python has ended; the console says so.
        this.#describing = false;
      });
  }
}
