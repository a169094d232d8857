/** Sessions that can be saved, each test's in a home of its own. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SavedName } from '../../electron/contract/checkpoints.ts';
import type { Pace } from '../../electron/supervisor/saving/session-checkpoints.ts';
import type { SessionOptions } from '../../electron/supervisor/session.ts';
import type { Store } from '../../electron/supervisor/store/store.ts';
import type { Interpreter } from './interpreters.ts';
import { openTrial, type Trial } from './session.ts';
import { newHome, storeIn } from './store.ts';
import { until } from './until.ts';

/** Two seconds are long for a test. */
const PACE: Partial<Pace> = { rest: 50, apart: 100 };

interface Options extends Partial<SessionOptions> {
  store?: Store;
  automatic?: boolean;
  pace?: Partial<Pace>;
}

export function newStore(): Store {
  return storeIn(newHome());
}

/** Open a session that can be saved. */
export function openSaved(python: Interpreter, options: Options = {}): Trial {
  const { store = newStore(), automatic = false, pace, ...rest } = options;
  return openTrial(python, { checkpoints: { store, automatic, pace: { ...PACE, ...pace } }, ...rest });
}

/** Run code that must succeed, and wait until the state that it led to sleeps. */
export async function keeps(trial: Trial, code: string): Promise<string> {
  const output = await trial.says(code);
  await until(
    () => trial.session.state.copy === 'frozen',
    () => `the state to be kept: ${JSON.stringify(trial.session.state)}`,
  );
  return output;
}

/** What became of a name, and why. */
export function fate(names: readonly SavedName[], name: string): string | undefined {
  const found = names.find((each) => each.name === name);
  return found && (found.reason ? `${found.how}: ${found.reason}` : found.how);
}

/** What writers have left behind in a home. */
export function drafts(home: string): string[] {
  const all = readdirSync(join(home, 'checkpoints'), { recursive: true }) as string[];
  return all.filter((path) => path.includes('writing-'));
}
