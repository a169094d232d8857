/** A console whose session can be saved, in a store of its own or of another console before it. */

import { join } from 'node:path';
import type { ConsoleOptions } from '../../electron/repl/controller/console.ts';
import type { SessionOptions } from '../../electron/supervisor/session.ts';
import type { Store } from '../../electron/supervisor/store/store.ts';
import { newHome, storeIn } from '../support/store.ts';
import { until } from '../support/until.ts';
import { ConsoleTrial } from './trial.ts';

export interface SavedTrialOptions extends Partial<ConsoleOptions> {
  home?: string;
  foreign?: 'ask' | 'never';
  checkpoints?: Partial<NonNullable<SessionOptions['checkpoints']>>;
}

export class SavedTrial extends ConsoleTrial {
  readonly home: string;
  readonly store: Store;

  constructor({ home = newHome(), foreign = 'ask', checkpoints = {}, ...options }: SavedTrialOptions = {}) {
    const store = storeIn(home, { foreign });
    const transcript = join(home, `transcript-${Math.random().toString(36).slice(2)}`);
    super(
      { store, folder: '/work/project', ...options },
      {},
      { transcript, checkpoints: { store, automatic: false, ...checkpoints } },
    );
    this.home = home;
    this.store = store;
  }

  /** Leave as a user does who closes the terminal, and wait until all is over. */
  async leave(): Promise<void> {
    this.console.close();
    await this.session.close();
  }

  /** Run lines, each when the one before is over. */
  async after(...lines: string[]): Promise<this> {
    for (const line of lines) {
      await this.console.run(line, { show: false });
    }
    return this;
  }

  /** Save it, and wait until the checkpoint is there; nothing is the usual name. */
  async saved(name: string): Promise<void> {
    const isThere = new Promise((resolve) => this.session.checkpoints.once('saved', resolve));
    await this.console.save(name || null);
    await isThere;
    await this.becomes(
      () => this.screen.some((line) => line.startsWith(`· saved ${name}`)),
      () => `that ${name} is saved`,
    );
  }

  /** The lines of ours on the screen, as they were said. */
  get said(): string[] {
    return this.screen
      .join('\n')
      .replace(/\n {2}(?=\S)/g, ' ')
      .split('\n')
      .filter((line) => /^[·✕]/.test(line));
  }

  /** Wait until the last lines that we said are these. */
  async says(...lines: string[]): Promise<void> {
    await this.becomes(
      () => JSON.stringify(this.said.slice(-lines.length)) === JSON.stringify(lines),
      () => JSON.stringify(lines, null, 1),
    );
  }
}

/** A trial in which these lines have run, and that was saved by this name and left. */
export async function leftBehind(name: string, ...lines: string[]): Promise<string> {
  const home = newHome();
  const trial = new SavedTrial({ home });
  for (const line of lines) {
    trial.type(`${line}\r`);
  }
  await trial.endsWith('>>>');
  await until(
    () => trial.session.state.run === lines.length,
    () => 'the last run',
  );
  await trial.saved(name);
  await trial.leave();
  return home;
}
