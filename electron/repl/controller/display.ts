/** One terminal for two writers: the program's output, and below it the line that is being edited. */

import { OtherScreen } from '../../supervisor/protocol/other-screen.ts';
import type { Editor } from '../line-editor/editor.ts';
import { EditorView, type EditorViewOptions } from '../line-editor/editor-view.ts';
import { hanging } from '../messages/wording.ts';
import { ColumnTracker } from '../screen/column-tracker.ts';
import { Painter } from '../screen/paint.ts';
import { type Palette, paletteFor, styled } from '../screen/palette.ts';
import { TerminalModes } from '../screen/terminal-modes.ts';

/** A terminal, or what stands for one. */
export interface Screen {
  /** Bytes or text for the terminal; returns false when the screen is behind and wants a pause (flow control). */
  write(data: string | Uint8Array): boolean;
  readonly columns: number;
  readonly rows: number;
  /** Whether colours may be used. */
  readonly colours: boolean;
  /** Whether a new width leaves the line alone in which the cursor is, as in xterm.js; false where absent. */
  readonly keepsCursorLine?: boolean;
  /** Called by the console; the screen calls it when it has caught up. */
  onDrain(listener: () => void): void;
}

type Prompts = EditorViewOptions['prompts'];

/** How long a character or sequence that the program cut in two may keep the line from being shown. */
const REST_OF_CHARACTER_MS = 20;
const NO_PROMPTS: Prompts = { ps1: '', ps2: '' };
const CLEAR_SCREEN = '\x1b[H\x1b[2J\x1b[3J';
const BRACKETED_PASTE_ON = '\x1b[?2004h';
const BRACKETED_PASTE_OFF = '\x1b[?2004l';
/** What a program may have left behind: colours, a hidden cursor. */
const PLAIN = '\x1b[m\x1b[?25h';

export class Display {
  readonly palette: Palette;
  readonly #screen: Screen;
  readonly #behind: () => void;
  readonly #painter: Painter;
  readonly #output = new ColumnTracker();
  readonly #modes = new TerminalModes();
  readonly #otherScreen = new OtherScreen();
  #view = new EditorView();
  #editor: Editor | null = null;
  #prompts: Prompts = NO_PROMPTS;
  /** Where the line begins in its first row. */
  #start = 0;
  /** The column of unfinished output in the row above the line. */
  #unfinished = 0;
  #later: NodeJS.Timeout | undefined;

  /** `behind` is called when the screen cannot take more. */
  constructor(screen: Screen, behind: () => void) {
    this.#screen = screen;
    this.#behind = behind;
    this.#painter = new Painter(screen.columns);
    this.palette = paletteFor(screen.colours);
  }

  get columns(): number {
    return this.#screen.columns;
  }

  get rows(): number {
    return this.#screen.rows;
  }

  /** Whether it is this editor's line that stands there. */
  shows(editor: Editor): boolean {
    return this.#editor === editor;
  }

  /** Show an editor on a line of its own, behind its prompts. */
  openBelow(editor: Editor, prompts: Prompts): void {
    this.#editor = editor;
    this.#prompts = prompts;
    this.#view = new EditorView();
    const left = this.#leaveAlternate() + this.#restoreModes();
    this.#write(left + PLAIN + BRACKETED_PASTE_ON + this.#beginBelow() + this.#frame());
  }

  /** Show an editor right where the output ends: the program has printed the prompt. */
  openBehind(editor: Editor): void {
    this.#editor = editor;
    this.#prompts = NO_PROMPTS;
    this.#view = new EditorView();
    this.#write(BRACKETED_PASTE_ON + this.#beginBehind() + this.#frame());
  }

  /** Show what changed. */
  refresh(): void {
    if (this.#editor && !this.#later) {
      this.#write(this.#frame());
    }
  }

  /** Leave the text as it is in the scrollback, and go to the next line. */
  finish(): void {
    if (!this.#editor) {
      return;
    }
    const last =
      this.#painter.clear() + this.#painter.paint(this.#view.finalFrame(this.#editor, this.#options()));
    this.#end();
    this.#write(`${last}\r\n${BRACKETED_PASTE_OFF}`);
    this.#output.set(0);
  }

  /** Take the line away, so that output goes on where it ended. */
  hide(): void {
    if (!this.#editor) {
      return;
    }
    const removed = this.#painter.clear() + this.#backToOutput();
    this.#end();
    this.#write(removed + BRACKETED_PASTE_OFF);
  }

  /** Output of the program; above the line where one is shown. */
  program(bytes: Buffer): void {
    if (!this.#editor) {
      this.#follow(bytes);
      this.#write(bytes);
      return;
    }
    const removed = this.#later ? '' : this.#painter.clear() + this.#backToOutput();
    this.#follow(bytes);
    this.#cancelLater();
    if (this.#output.isWhole) {
      this.#write(Buffer.concat([Buffer.from(removed), bytes, Buffer.from(this.#begin() + this.#frame())]));
      return;
    }
    this.#write(Buffer.concat([Buffer.from(removed), bytes]));
    this.#later = setTimeout(() => this.#showAgain(), REST_OF_CHARACTER_MS);
  }

  /** Lines of ours, above the line where one is shown; they begin and end with a line's edge. */
  say(text: string): void {
    const screen = this.#leaveAlternate();
    const lines = `${text.replace(/\n/g, '\r\n')}\r\n`;
    const removed = this.#editor && !this.#later ? this.#painter.clear() + this.#backToOutput() : '';
    this.#cancelLater();
    const start = this.#newLine();
    this.#output.set(0);
    const again = this.#editor ? this.#begin() + this.#frame() : '';
    this.#write(screen + removed + start + lines + again);
  }

  /** Lines of ours that tell something: dim, or as a failure where they begin with its sign. */
  remark(text: string): void {
    const { dim, failed } = this.palette;
    this.say(styled(hanging(text, this.#screen.columns), text.startsWith('✕') ? failed : dim));
  }

  /** An empty screen, the line at its top; `question` is what the program had printed before it. */
  clearScreen(question = ''): void {
    this.#cancelLater();
    const asked = question.slice(question.lastIndexOf('\n') + 1);
    this.#output.set(0);
    this.#output.follow(Buffer.from(asked), this.#screen.columns);
    this.#write(CLEAR_SCREEN + asked + (this.#editor ? this.#begin() + this.#frame() : ''));
  }

  resized(): void {
    const { columns, keepsCursorLine = false } = this.#screen;
    if (!this.#editor || this.#later) {
      return;
    }
    this.#start = Math.min(this.#start, columns - 1);
    this.#write(this.#painter.clearAfterResize(columns, keepsCursorLine) + this.#frame());
  }

  #follow(bytes: Buffer): void {
    this.#output.follow(bytes, this.#screen.columns);
    this.#modes.follow(bytes);
    this.#otherScreen.follow(bytes);
  }

  /** Back to the screen of the prompt, where a program ended without doing so. */
  #leaveAlternate(): string {
    const left = this.#otherScreen.leave();
    if (left !== '') {
      this.#output.lose();
    }
    return left;
  }

  #restoreModes(): string {
    const restored = this.#modes.restore();
    if (restored.includes('\n')) {
      this.#output.set(0);
    }
    return restored;
  }

  #showAgain(): void {
    this.#later = undefined;
    if (this.#editor) {
      this.#write(this.#begin() + this.#frame());
    }
  }

  #frame(): string {
    return this.#editor ? this.#painter.paint(this.#view.frame(this.#editor, this.#options())) : '';
  }

  #options(): EditorViewOptions {
    const { columns, rows, colours } = this.#screen;
    return { columns, rows, colours, palette: this.palette, prompts: this.#prompts, start: this.#start };
  }

  #begin(): string {
    return this.#prompts === NO_PROMPTS ? this.#beginBehind() : this.#beginBelow();
  }

  #beginBelow(): string {
    this.#unfinished = this.#output.isLost ? 0 : this.#output.column;
    this.#start = 0;
    this.#painter.begin(this.#screen.columns, 0);
    return this.#newLine();
  }

  #beginBehind(): string {
    const { columns } = this.#screen;
    const isFull = this.#output.column >= columns;
    this.#unfinished = 0;
    this.#start = isFull ? 0 : this.#output.column;
    this.#painter.begin(columns, this.#start);
    return isFull ? '\r\n' : '';
  }

  #newLine(): string {
    // Nobody knows where the cursor is: blanks up to the edge go to the next line unless it is at the start of one.
    if (this.#output.isLost) {
      return `${' '.repeat(this.#screen.columns)}\r\x1b[K`;
    }
    return this.#output.column > 0 ? '\r\n' : '';
  }

  /** From where the line begins to where the output ends. */
  #backToOutput(): string {
    const column = this.#unfinished;
    // Behind a full row the output goes on where the line began.
    if (column === 0 || column >= this.#screen.columns) {
      return '';
    }
    return `\x1b[A\x1b[${column + 1}G`;
  }

  #end(): void {
    this.#editor = null;
    this.#unfinished = 0;
    this.#cancelLater();
  }

  #cancelLater(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
  }

  #write(data: string | Uint8Array): void {
    if (data.length > 0 && !this.#screen.write(data)) {
      this.#behind();
    }
  }
}
