/** A real terminal for the tests: a pane of tmux with a shell in it. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { processesWith } from '../support/processes.ts';
import { until } from '../support/until.ts';

export class Pane {
  readonly #socket = `pyrepl3-test-${process.pid}-${Math.random().toString(36).slice(2)}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'pyrepl3-pane-'));

  constructor(columns: number, rows: number, settings = '{}') {
    mkdirSync(join(this.#folder, 'home'), { recursive: true, mode: 0o700 });
    writeFileSync(join(this.#folder, 'home', 'settings.json'), settings);
    const size = ['-x', String(columns), '-y', String(rows)];
    const env = { ...process.env, PYREPL3_HOME: join(this.#folder, 'home'), LC_ALL: 'C.UTF-8' };
    this.#tmux(['-f', '/dev/null', 'new-session', '-d', ...size, '-c', this.#folder, 'sh'], env);
    onTestFinished(async () => {
      this.#tmux(['kill-server']);
      // A console whose terminal goes saves its session.
      const home = `PYREPL3_HOME=${env.PYREPL3_HOME}`;
      await until(
        () => processesWith(home).length === 0,
        () => 'the console to end',
      );
      rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  /** Press keys, by tmux's names or as text. */
  press(...keys: string[]): void {
    this.#tmux(['send-keys', ...keys]);
  }

  paste(text: string): void {
    this.#tmux(['set-buffer', text]);
    this.#tmux(['paste-buffer', '-p']);
  }

  resize(columns: number, rows: number): void {
    this.#tmux(['resize-window', '-x', String(columns), '-y', String(rows)]);
  }

  /** The screen's lines, the empty ones at its end left out. */
  get screen(): string[] {
    const lines = this.#tmux(['capture-pane', '-p']).split('\n');
    while (lines.at(-1) === '') {
      lines.pop();
    }
    return lines.map((line) => line.trimEnd());
  }

  get cursor(): string {
    return this.#tmux(['display', '-p', '#{cursor_y},#{cursor_x}']).trim();
  }

  /** Wait until the screen is this. */
  async shows(...lines: string[]): Promise<void> {
    await this.becomes(
      (screen) => JSON.stringify(screen) === JSON.stringify(lines),
      JSON.stringify(lines, null, 1),
    );
  }

  async becomes(condition: (screen: string[]) => boolean, what: string): Promise<void> {
    await until(
      () => condition(this.screen),
      () => `${what}, not ${JSON.stringify(this.screen, null, 1)}`,
    );
  }

  #tmux(words: string[], env?: NodeJS.ProcessEnv): string {
    return execFileSync('tmux', ['-L', this.#socket, ...words], {
      encoding: 'utf8',
      ...(env ? { env } : {}),
    });
  }
}
