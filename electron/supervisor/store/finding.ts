/** Which checkpoint someone means. */

import { closest } from '../platform/spelling.ts';
import type { Entry } from '../repository/repository.ts';

const MOST_NAMED = 3;

/**
 * Find by name (the newest of that name), by id, or by a beginning that no other id has; nothing is the newest of all.
 * The entries are in their order, the oldest first. Throws an Error with words.
 */
export function find(entries: readonly Entry[], words: string): Entry {
  const wanted = words.trim();
  const newestFirst = [...entries].reverse();
  if (wanted === '') {
    return newestFirst.find(({ root }) => root?.isOurs) ?? none(newestFirst);
  }
  const named = newestFirst.filter(({ root }) => root?.checkpoint.name === wanted);
  // A stranger's must not stand before one of our own.
  return named.find(({ root }) => root?.isOurs) ?? named[0] ?? byId(newestFirst, wanted);
}

/** What a user may call a checkpoint; throws an Error with words. */
export function checkName(name: string): string {
  const text = name.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would break the lists that show it
  if (text === '' || text.length > MOST_LETTERS || /[\x00-\x1f\x7f]/.test(text)) {
    throw new Error(`A name is one line of 1 to ${MOST_LETTERS} letters.`);
  }
  if (/^[\d-]+$/.test(text)) {
    throw new Error('A name has at least one letter; digits alone would be the beginning of an id.');
  }
  return text;
}

const MOST_LETTERS = 200;

function byId(entries: readonly Entry[], wanted: string): Entry {
  const matches = entries.filter(({ id }) => id.startsWith(wanted));
  const [first, second] = matches;
  if (first && !second) {
    return first;
  }
  if (first) {
    const ids = matches.slice(0, MOST_NAMED).map(({ id }) => id);
    const more = matches.length > MOST_NAMED ? ` and ${matches.length - MOST_NAMED} more` : '';
    throw new Error(`Several checkpoints begin with ${wanted}: ${ids.join(', ')}${more}. Say more of it.`);
  }
  const names = entries.flatMap(({ root }) => root?.checkpoint.name ?? []);
  const nearest = closest(wanted, names);
  const hint = nearest ? `Did you mean ${nearest}?` : 'pyrepl3 checkpoints lists them.';
  throw new Error(`There is no checkpoint ${wanted}. ${hint}`);
}

function none(entries: readonly Entry[]): never {
  throw new Error(
    entries.length === 0
      ? 'There are no checkpoints yet.'
      : 'None of the checkpoints can be used; pyrepl3 checkpoints says why.',
  );
}
