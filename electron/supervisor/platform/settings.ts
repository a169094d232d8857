/** The user's settings, in `settings.json` of the home folder; both the window and the console go by them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from './home.ts';

export interface Settings {
  states: {
    /** Whether a copy is kept after every run, or only when the user asks. */
    keep: 'every run' | 'when asked';
    /** Megabytes that the copies may hold; `null` for a quarter of what is free. */
    megabytes: number | null;
    /** How many there may be. */
    limit: number;
  };
  stop: {
    /** After so many milliseconds a further Ctrl-C, or press of the button, means the next step of stopping. */
    step: number;
  };
  checkpoints: {
    /** Whether sessions are saved by themselves. */
    automatic: boolean;
    /** Megabytes of the disk that all saved sessions together may take. */
    megabytes: number;
    /** Whether one that was not made here may be opened, once the user has said so. */
    foreign: 'ask' | 'never';
  };
}

export const DEFAULTS: Settings = {
  states: { keep: 'every run', megabytes: null, limit: 200 },
  stop: { step: 700 },
  checkpoints: { automatic: true, megabytes: 5000, foreign: 'ask' },
};

/** Read the settings; throws an Error that says what is wrong with the file. */
export function readSettings(folder = homeFolder()): Settings {
  const file = join(folder, 'settings.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return DEFAULTS;
    }
    throw new Error(`The settings cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return checkSettings(parse(text, file), file);
}

function parse(text: string, file: string): Record<string, unknown> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON (${(cause as Error).message}); correct it, or remove it.`, { cause });
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    throw new Error(
      `${file} must hold an object, as in {"states": {"limit": 100}}; correct it, or remove it.`,
    );
  }
  return found as Record<string, unknown>;
}

function checkSettings(found: Record<string, unknown>, file: string): Settings {
  const states = { ...DEFAULTS.states, ...(found.states as object) };
  const stop = { ...DEFAULTS.stop, ...(found.stop as object) };
  const checkpoints = { ...DEFAULTS.checkpoints, ...(found.checkpoints as object) };
  const wrong = (what: string, wanted: string) => new Error(`${file}: ${what} must be ${wanted}.`);
  if (states.keep !== 'every run' && states.keep !== 'when asked') {
    throw wrong('states.keep', '"every run" or "when asked"');
  }
  if (states.megabytes !== null && !isAtLeast(states.megabytes, 1)) {
    throw wrong('states.megabytes', 'a number from 1, or null');
  }
  if (!isAtLeast(states.limit, 1)) {
    throw wrong('states.limit', 'a number from 1');
  }
  if (!isAtLeast(stop.step, 100)) {
    throw wrong('stop.step', 'a number of milliseconds from 100');
  }
  checkCheckpoints(checkpoints, wrong);
  return { states, stop, checkpoints };
}

function checkCheckpoints(
  { automatic, megabytes, foreign }: Settings['checkpoints'],
  wrong: (what: string, wanted: string) => Error,
): void {
  if (typeof automatic !== 'boolean') {
    throw wrong('checkpoints.automatic', 'true or false');
  }
  if (!isAtLeast(megabytes, 1)) {
    throw wrong('checkpoints.megabytes', 'a number from 1');
  }
  if (foreign !== 'ask' && foreign !== 'never') {
    throw wrong('checkpoints.foreign', '"ask" or "never"');
  }
}

function isAtLeast(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= least;
}
