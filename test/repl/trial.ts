/** A console over a real Python, on a terminal without a window. */

import headless from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { Console, type ConsoleOptions, type Screen } from '../../electron/repl/controller/console.ts';
import { History } from '../../electron/repl/history/history.ts';
import { findInterpreter } from '../../electron/supervisor/platform/interpreter.ts';
import { openSession, type Session, type SessionOptions } from '../../electron/supervisor/session.ts';
import { until } from '../support/until.ts';
import { screenOf } from './screen.ts';

const COLUMNS = 70;
const ROWS = 24;

export class ConsoleTrial {
  readonly terminal = new headless.Terminal({
    cols: COLUMNS,
    rows: ROWS,
    allowProposedApi: true,
    scrollback: 5000,
  });
  readonly session: Session;
  readonly console: Console;
  readonly history = new History(null);
  readonly left: number[] = [];
  #writing = 0;

  constructor(
    options: Partial<ConsoleOptions> = {},
    states: SessionOptions['states'] = {},
    more: Partial<SessionOptions> = {},
  ) {
    this.session = openSession({ python: findInterpreter(), columns: COLUMNS, rows: ROWS, states, ...more });
    const screen: Screen = {
      columns: COLUMNS,
      rows: ROWS,
      colours: false,
      keepsCursorLine: true,
      onDrain: () => undefined,
      write: (data) => {
        this.#writing += 1;
        this.terminal.write(data, () => {
          this.#writing -= 1;
        });
        return true;
      },
    };
    this.console = new Console({
      session: this.session,
      screen,
      history: this.history,
      banner: false,
      ...options,
    });
    this.console.on('leave', (status) => this.left.push(status));
    onTestFinished(async () => {
      this.console.close();
      await this.session.close();
    });
  }

  /** The screen's lines, the empty ones at its end left out. */
  get screen(): string[] {
    return screenOf(this.terminal);
  }

  type(...data: string[]): void {
    for (const piece of data) {
      this.console.type(piece);
    }
  }

  /** Wait until the screen is this. */
  async shows(...lines: string[]): Promise<void> {
    await this.becomes(
      () => JSON.stringify(this.screen) === JSON.stringify(lines),
      () => JSON.stringify(lines, null, 1),
    );
  }

  /** Wait until the screen's last line is this. */
  async endsWith(line: string): Promise<void> {
    await this.becomes(
      () => this.screen.at(-1) === line,
      () => `the last line ${JSON.stringify(line)}`,
    );
  }

  /** Wait until the screen ends in these lines. */
  async endsIn(...lines: string[]): Promise<void> {
    await this.becomes(
      () => JSON.stringify(this.screen.slice(-lines.length)) === JSON.stringify(lines),
      () => `at its end ${JSON.stringify(lines, null, 1)}`,
    );
  }

  async becomes(condition: () => boolean, what: () => string): Promise<void> {
    await until(
      () => this.#writing === 0 && condition(),
      () => `${what()}, not ${JSON.stringify(this.screen, null, 1)}`,
    );
  }
}

/** A trial in which these lines have run. */
export async function trialAfter(lines: string[], states = {}): Promise<ConsoleTrial> {
  const trial = new ConsoleTrial({}, states);
  await trial.endsWith('>>>');
  for (const line of lines) {
    await trial.console.run(line, { show: false });
  }
  return trial;
}
