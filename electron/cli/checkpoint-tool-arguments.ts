/** What `pyrepl3 checkpoints …` and `pyrepl3 inspect` ask for. */

import { closest } from '../supervisor/platform/spelling.ts';
import { readWords } from './options.ts';

export interface CheckpointTask {
  kind: 'checkpoints';
  action: Action;
  /** The words behind the action. */
  words: string[];
  json: boolean;
  yes: boolean;
  trust: boolean;
  /** Export everything, not names and code alone. */
  all: boolean;
}

export type Action = keyof typeof ACTIONS | 'help';

const OPTIONS = {
  json: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  trust: { type: 'boolean' },
  all: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What each takes: how many words, and how it is written. */
const ACTIONS = {
  list: { least: 0, most: 0, usage: 'checkpoints' },
  show: { least: 1, most: 1, usage: 'checkpoints show NAME' },
  compare: { least: 2, most: 2, usage: 'checkpoints compare A B' },
  rename: { least: 2, most: 2, usage: 'checkpoints rename NAME NEW' },
  delete: { least: 1, most: Number.POSITIVE_INFINITY, usage: 'checkpoints delete NAME…' },
  export: { least: 2, most: 2, usage: 'checkpoints export [--all] NAME FILE' },
  import: { least: 1, most: 1, usage: 'checkpoints import FILE' },
  inspect: { least: 1, most: 1, usage: 'inspect FILE' },
} as const;

/** The options that have a meaning with some actions only. */
const MEANT_FOR: Record<string, readonly Action[]> = {
  yes: ['delete', 'export'],
  trust: ['import'],
  all: ['export'],
};

export function isCheckpointWord(word: string | undefined): boolean {
  return word === 'checkpoints' || word === 'inspect';
}

/** Understand the words; throws an Error that says in one line what is wrong with them. */
export function parseCheckpointTask(line: readonly string[]): CheckpointTask {
  const { values, positionals } = readWords(line, OPTIONS);
  const {
    json = false,
    yes = false,
    trust = false,
    all = false,
    help = false,
  } = values as Record<string, boolean>;
  const [first, ...rest] = positionals;
  const [word = 'list', ...words] = first === 'inspect' ? positionals : rest;
  const action = help ? 'help' : actionOf(word);
  if (action !== 'help') {
    checkWords(action, words);
    checkMeant(action, { yes, trust, all });
  }
  return { kind: 'checkpoints', action, words, json, yes, trust, all };
}

function actionOf(word: string): keyof typeof ACTIONS {
  if (Object.hasOwn(ACTIONS, word)) {
    return word as keyof typeof ACTIONS;
  }
  const nearest = closest(word, Object.keys(ACTIONS));
  const hint = nearest ? `Did you mean ${nearest}?` : 'pyrepl3 checkpoints --help tells what there is.';
  throw new Error(`there is no ${word} to do with checkpoints. ${hint}`);
}

function checkWords(action: keyof typeof ACTIONS, words: readonly string[]): void {
  const { least, most, usage } = ACTIONS[action];
  if (words.length < least) {
    throw new Error(`${action} needs more words: pyrepl3 ${usage}.`);
  }
  if (words.length > most) {
    throw new Error(`${words[most]} is one too many: pyrepl3 ${usage}.`);
  }
}

function checkMeant(action: Action, given: Record<string, boolean>): void {
  const stray = Object.keys(given).find((name) => given[name] && !MEANT_FOR[name]?.includes(action));
  if (stray !== undefined) {
    throw new Error(
      `--${stray} has no meaning with ${action}; it is for ${MEANT_FOR[stray]?.join(' and ')}.`,
    );
  }
}
