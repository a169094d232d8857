/** Puts what is known of saved sessions into what the window shows of them: short, however many names they have. */

import { machine } from 'node:os';
import type { Card, Contents, NameLine, Offered, Restored } from '../../contract/checkpoint-news.ts';
import {
  type Checkpoint,
  type Damaged,
  type Difference,
  type Inspection,
  isDamaged,
  type Offer,
  type Restoration,
  type SavedName,
} from '../../contract/checkpoints.ts';
import type { Ready } from '../../contract/messages.ts';
import { plain, shortened } from '../../wording/plain-text.ts';
import { shorten } from '../session/situation.ts';

const CODE_CHARACTERS = 200;
const WORDS_CHARACTERS = 400;
const NAMES_SHOWN = 1_000;
const MISSING_SHOWN = 200;
const PACKAGES_SHOWN = 200;

const ALPHABET = new Intl.Collator('en', { numeric: true });

/** The order of names: what there is something to say of comes first. */
const ORDER: readonly SavedName['how'][] = ['unsaved', 'partly', 'reopened', 'saved', 'imported'];

export function toCard(checkpoint: Checkpoint): Card {
  const { id, session, name, at, run, lastRuns, python, folder, size, counts, changes } = checkpoint;
  return {
    id,
    session,
    name: name === null ? null : short(name, CODE_CHARACTERS),
    at,
    run,
    lastRun: short(lastRuns.at(-1) ?? '', CODE_CHARACTERS) || null,
    python: plain(python),
    folder: plain(shorten(folder)),
    size,
    counts,
    changes: countChanges(changes),
  };
}

export function toListed(found: Checkpoint | Damaged): Card | Damaged {
  return isDamaged(found) ? found : toCard(found);
}

export function toOffered({ checkpoint, ended, at }: Offer): Offered {
  return { card: toCard(checkpoint), ended, at };
}

/** What a checkpoint holds, and what is different where this Python runs; `null` while none has answered. */
export function toContents(inspection: Inspection, here: Ready | null): Contents {
  const { checkpoint, trusted, names, packages } = inspection;
  const lines = names.filter(isOwn).map(toLine).sort(byInterest);
  return {
    card: toCard(checkpoint),
    trusted,
    names: lines.slice(0, NAMES_SHOWN),
    more: Math.max(0, lines.length - NAMES_SHOWN),
    packages: Object.entries(packages)
      .slice(0, PACKAGES_SHOWN)
      .map(([name, version]) => [plain(name), plain(version)]),
    differences: differences(checkpoint, here),
    damage: damageWords(inspection),
  };
}

export function toRestored({ checkpoint, names, warnings, rebuilds }: Restoration): Restored {
  const own = names.filter(isOwn);
  const missing = own.filter(({ how }) => how === 'unsaved' || how === 'partly');
  const runOf = (name: string) => rebuilds.find((each) => each.names.includes(name))?.run ?? null;
  return {
    card: toCard(checkpoint),
    back: own.filter(({ how }) => how !== 'unsaved').length,
    missing: missing
      .slice(0, MISSING_SHOWN)
      .map((each) => ({ ...toLine(each), run: runOf(each.name) }))
      .sort(byInterest),
    more: Math.max(0, missing.length - MISSING_SHOWN),
    warnings: warnings.map(({ text }) => plain(text)),
    runs: rebuilds.map(({ run }) => run),
    script: null,
  };
}

/** A name that begins with a colon is none of the session's. */
function isOwn({ name }: SavedName): boolean {
  return !name.startsWith(':');
}

function toLine({ name, how, type, size, reason, holes, detail }: SavedName): NameLine {
  const missing = holes.map(({ path, reason: why }) => `${path}: ${why}`).join('; ');
  const words = reason ?? (missing || (detail === name ? null : detail));
  return {
    name: short(name, CODE_CHARACTERS),
    how,
    type: short(type, CODE_CHARACTERS),
    size,
    words: words && short(words, WORDS_CHARACTERS),
  };
}

function byInterest(one: NameLine, other: NameLine): number {
  return ORDER.indexOf(one.how) - ORDER.indexOf(other.how) || ALPHABET.compare(one.name, other.name);
}

function countChanges({ added, changed, removed, more }: Difference): Card['changes'] {
  const longest = Math.max(added.length, changed.length, removed.length);
  let rest = more;
  const count = (names: string[]) => {
    // Long lists are cut, and it is said only how much is missing of all of them: nearly always of one.
    const missing = names.length === longest ? rest : 0;
    rest -= missing;
    return names.length + missing;
  };
  return { added: count(added), changed: count(changed), removed: count(removed) };
}

function differences({ python, platform }: Checkpoint, here: Ready | null): string[] {
  const system = `${process.platform}-${machine()}`;
  return [
    ...(here && here.python !== python
      ? [`It was made with Python ${plain(python)}, and this is ${here.python}.`]
      : []),
    ...(platform === system ? [] : [`It was made on ${plain(platform)}, and this is ${system}.`]),
  ];
}

function damageWords({ damage: { pieces, names } }: Inspection): string | null {
  if (pieces === 0) return null;
  const what = pieces === 1 ? 'A piece of its data is' : `${pieces} pieces of its data are`;
  const lost = names.length === 0 ? 'no name is lost with that' : `lost with that: ${names.join(', ')}`;
  return short(`${what} damaged or missing; ${lost}.`, WORDS_CHARACTERS);
}

/** Text from a file, without what plays tricks with its reader, and cut where it is long. */
function short(text: string, characters: number): string {
  return shortened(plain(text), characters);
}
