/** An editor on a terminal without a window: press keys, read the screen. */

import headless from '@xterm/headless';
import '../../electron/repl/screen/terminal-characters.ts';

import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Editor, type EditorOptions, type Wish } from '../../electron/repl/line-editor/editor.ts';
import { EditorView } from '../../electron/repl/line-editor/editor-view.ts';
import { KeyReader } from '../../electron/repl/line-editor/keys.ts';
import { KillRing } from '../../electron/repl/line-editor/kill-ring.ts';
import { Painter } from '../../electron/repl/screen/paint.ts';
import { paletteFor } from '../../electron/repl/screen/palette.ts';
import { screenOf } from './screen.ts';

export interface StageOptions {
  columns?: number;
  rows?: number;
  entries?: string[];
  mode?: EditorOptions['mode'];
  /** What the program wrote before the editor. */
  before?: string;
  colours?: boolean;
}

export class Stage {
  readonly terminal: headless.Terminal;
  readonly editor: Editor;
  readonly written: string[] = [];
  readonly reader = new KeyReader();
  readonly #painter: Painter;
  readonly #view = new EditorView();
  #options: Required<StageOptions>;
  #start = 0;

  constructor(options: StageOptions = {}) {
    this.#options = {
      columns: 40,
      rows: 10,
      entries: [],
      mode: 'code',
      before: '',
      colours: false,
      ...options,
    };
    const { columns, rows, entries, mode } = this.#options;
    this.terminal = new headless.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
    });
    this.terminal.loadAddon(new UnicodeGraphemesAddon() as never);
    this.editor = new Editor({
      mode,
      entries: () => entries,
      killRing: new KillRing(),
      columns: () => this.terminal.cols,
    });
    this.#painter = new Painter(columns);
  }

  /** Show the editor for the first time. */
  async open(): Promise<this> {
    const { before } = this.#options;
    await this.#write(before);
    this.#start = this.#options.mode === 'code' ? 0 : this.terminal.buffer.active.cursorX;
    this.#painter.begin(this.terminal.cols, this.#start);
    await this.paint();
    return this;
  }

  /** Type what a terminal sends; the wishes of the keys come back. */
  async type(data: string): Promise<Wish[]> {
    this.reader.push(data);
    const wishes: Wish[] = [];
    for (let key = this.reader.next(); key; key = this.reader.next()) {
      wishes.push(this.editor.press(key));
    }
    await this.paint();
    return wishes;
  }

  async paint(): Promise<void> {
    await this.#write(this.#painter.paint(this.#view.frame(this.editor, this.#viewOptions())));
  }

  /** Show the text as it stays, and go to the next line. */
  async finish(): Promise<void> {
    await this.#write(this.#painter.clear());
    await this.#write(`${this.#painter.paint(this.#view.finalFrame(this.editor, this.#viewOptions()))}\r\n`);
    this.#painter.begin(this.terminal.cols, 0);
  }

  async erase(): Promise<void> {
    await this.#write(this.#painter.clear());
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.terminal.resize(columns, rows);
    await this.#write(this.#painter.clearAfterResize(columns, true));
    await this.paint();
  }

  /** The screen's lines, the empty ones at its end left out. */
  get screen(): string[] {
    return screenOf(this.terminal);
  }

  get cursor(): [row: number, column: number] {
    const { active } = this.terminal.buffer;
    return [active.baseY + active.cursorY, active.cursorX];
  }

  async #write(data: string): Promise<void> {
    if (data !== '') {
      this.written.push(data);
    }
    await new Promise<void>((resolve) => this.terminal.write(data, resolve));
  }

  #viewOptions() {
    return {
      columns: this.terminal.cols,
      rows: this.terminal.rows,
      palette: paletteFor(this.#options.colours),
      colours: this.#options.colours,
      prompts: this.#options.mode === 'code' ? { ps1: '>>> ', ps2: '... ' } : { ps1: '', ps2: '' },
      start: this.#start,
    };
  }
}
