/** The user's settings, in `settings.json` of the home folder; both the window and the console go by them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { enumerated } from '../../wording/counts.ts';
import { homeFolder } from './home.ts';

export interface Settings {
  states: {
    /** Whether a copy is kept after every run, or only when the user asks. */
    keep: 'every run' | 'when asked';
    /** Megabytes that the copies may hold; `null` for a quarter of what is free. */
    megabytes: number | null;
    /** How many there may be. */
    limit: number;
    /** How many of the runs that led to a state are remembered. */
    runs: number;
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
    /** How many sessions that can be gone on with are offered. */
    offers: number;
  };
  transcripts: {
    /** Megabytes of the disk that those of all sessions may take together. */
    megabytes: number;
    /** Megabytes of which a session's own keeps the newest. */
    each: number;
    /** How many there may be. */
    files: number;
  };
  history: {
    /** How many entries are kept. */
    entries: number;
  };
}

const amount = (least: number, words: string) =>
  v.pipe(v.number(words), v.finite(words), v.minValue(least, words));

/** A group of settings; what the file does not name has its default. */
const group = <Entries extends v.ObjectEntries>(entries: Entries) => {
  const names = Object.keys(entries);
  const known = `${names.length === 1 ? 'there is' : 'there are'} ${enumerated(names)}`;
  return v.pipe(
    v.custom<Record<string, unknown>>(isObject, 'an object'),
    v.strictObject(entries, `no setting; ${known}`),
  );
};

const FROM_ONE = 'a number from 1';

const SETTINGS: v.GenericSchema<unknown, Settings> = group({
  states: v.optional(
    group({
      keep: v.optional(v.picklist(['every run', 'when asked'], '"every run" or "when asked"'), 'every run'),
      megabytes: v.optional(v.nullable(amount(1, 'a number from 1, or null')), null),
      limit: v.optional(amount(1, FROM_ONE), 200),
      runs: v.optional(amount(1, FROM_ONE), 10_000),
    }),
    {},
  ),
  stop: v.optional(group({ step: v.optional(amount(100, 'a number of milliseconds from 100'), 700) }), {}),
  checkpoints: v.optional(
    group({
      automatic: v.optional(v.boolean('true or false'), true),
      megabytes: v.optional(amount(1, FROM_ONE), 5000),
      foreign: v.optional(v.picklist(['ask', 'never'], '"ask" or "never"'), 'ask'),
      offers: v.optional(amount(1, FROM_ONE), 20),
    }),
    {},
  ),
  transcripts: v.optional(
    group({
      megabytes: v.optional(amount(1, FROM_ONE), 1000),
      each: v.optional(amount(1, FROM_ONE), 100),
      files: v.optional(amount(1, FROM_ONE), 1000),
    }),
    {},
  ),
  history: v.optional(group({ entries: v.optional(amount(1, FROM_ONE), 10_000) }), {}),
});

export const DEFAULTS: Settings = v.parse(SETTINGS, {});

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
  return parse(text, file);
}

/** Understand the text of the file; throws an Error that says what is wrong, and where. */
function parse(text: string, file: string): Settings {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON (${(cause as Error).message}); correct it, or remove it.`, { cause });
  }
  const result = v.safeParse(SETTINGS, found, { abortEarly: true });
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  if (place === null) {
    throw new Error(
      `${file} must hold an object, as in {"states": {"limit": 100}}; correct it, or remove it.`,
    );
  }
  throw new Error(`${file}: ${place} ${issue.expected === 'never' ? 'is' : 'must be'} ${issue.message}.`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
