/** Which checkpoint someone means. */

import { CodedError } from '../platform/errors.ts';
import { closest } from '../platform/spelling.ts';
import { beginsId } from '../repository/ids.ts';
import type { Entry } from '../repository/repository.ts';

/** What says which checkpoint is meant: the words of a user, or an id, which means itself whatever others are named. */
export type Wanted = string | { readonly id: string };

const MOST_NAMED = 3;
const IMPORTED = 'imported';

/**
 * Find by name (the newest of that name), by id, or by a beginning that no other id has; nothing is the newest of all.
 * The entries are in their order, the oldest first. Throws an Error with words, also where the name of one is the id of
 * another.
 */
export function find(entries: readonly Entry[], words: string): Entry {
  const wanted = words.trim();
  const newestFirst = [...entries].reverse();
  if (wanted === '') {
    return newestFirst.find(({ root }) => root?.isOurs) ?? none(newestFirst);
  }
  const named = newestFirst.filter(({ root }) => root?.checkpoint.name === wanted);
  // A stranger's must not stand before one of our own.
  const byName = named.find(({ root }) => root?.isOurs) ?? named[0];
  if (byName) {
    refuseAmbiguous(newestFirst, byName, wanted);
  }
  return byName ?? byId(newestFirst, wanted);
}

/** What a user may call a checkpoint; throws an Error with words. */
export function checkName(name: string): string {
  const text = name.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would break the lists that show it
  if (text === '' || text.length > MOST_LETTERS || /[\x00-\x1f\x7f]/.test(text)) {
    throw new CodedError('BAD_NAME', `A name is one line of 1 to ${MOST_LETTERS} letters.`);
  }
  if (/^[\d-]+$/.test(text)) {
    throw new CodedError(
      'BAD_NAME',
      'A name has at least one letter; digits alone would be the beginning of an id.',
    );
  }
  if (beginsId(text)) {
    throw new Error(`${text} looks like the id of a checkpoint; a name must not.`);
  }
  if (text.startsWith('-')) {
    throw new Error(`A name does not begin with a dash, as options do: ${text}.`);
  }
  return text;
}

/** What a checkpoint from elsewhere is called here: its own name where a user may give it, else one that shows it. */
export function nameHere(name: string | null): string | null {
  try {
    return name === null ? null : checkName(name);
  } catch {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they would break the lists that show it
    const visible = (name ?? '').replace(/[\x00-\x1f\x7f]+/g, ' ').trim();
    return visible === '' ? null : `${IMPORTED} ${visible}`.slice(0, MOST_LETTERS);
  }
}

const MOST_LETTERS = 200;

/** An older store may have names that are taken for ids: nobody can tell which of the two is meant. */
function refuseAmbiguous(entries: readonly Entry[], named: Entry, wanted: string): void {
  const other = entries.find(({ id, root }) => id.startsWith(wanted) && root?.checkpoint.name !== wanted);
  if (beginsId(wanted) && other) {
    const verb = other.id === wanted ? 'is' : 'begins';
    throw new Error(
      `${wanted} ${verb} the id of one checkpoint and is the name of another, ${named.id}: rename or delete that one first.`,
    );
  }
}

function byId(entries: readonly Entry[], wanted: string): Entry {
  const matches = entries.filter(({ id }) => id.startsWith(wanted));
  const [first, second] = matches;
  if (first && !second) {
    return first;
  }
  if (first) {
    const ids = matches.slice(0, MOST_NAMED).map(({ id }) => id);
    const more = matches.length > MOST_NAMED ? ` and ${matches.length - MOST_NAMED} more` : '';
    throw new CodedError(
      'AMBIGUOUS',
      `Several checkpoints begin with ${wanted}: ${ids.join(', ')}${more}. Say more of it.`,
    );
  }
  const names = entries.flatMap(({ root }) => root?.checkpoint.name ?? []);
  const nearest = closest(wanted, names);
  const hint = nearest ? `Did you mean ${nearest}?` : 'pyrepl3 checkpoints lists them.';
  throw new CodedError('NOT_FOUND', `There is no checkpoint ${wanted}. ${hint}`);
}

function none(entries: readonly Entry[]): never {
  throw new CodedError(
    'NOT_FOUND',
    entries.length === 0
      ? 'There are no checkpoints yet.'
      : 'None of the checkpoints can be used; pyrepl3 checkpoints says why.',
  );
}
