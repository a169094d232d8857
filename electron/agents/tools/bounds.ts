/** No result is longer than a client takes, whatever a program calls its names and says in its errors. */

import type { Changes } from '../../contract/messages.ts';
import { shortened } from '../../wording/plain-text.ts';

/** Of an error's own words, of a question, and of anything that is told in a line. */
const WORDS_CHARACTERS = 4_000;
const LINE_CHARACTERS = 300;
/** So many things that were done outside of the process are told. */
const MOST_CLAUSES = 50;

export function boundedWords(text: string): string {
  return shortened(text, WORDS_CHARACTERS);
}

export function boundedLine(text: string): string {
  return shortened(text, LINE_CHARACTERS);
}

/** The first of them, and how many more there are. */
export function boundedLines(texts: readonly string[]): string[] {
  const more = texts.length - MOST_CLAUSES;
  return [...texts.slice(0, MOST_CLAUSES).map(boundedLine), ...(more > 0 ? [`and ${more} more`] : [])];
}

export function boundedChanges(changes: Changes | null): Changes | null {
  if (changes === null) {
    return null;
  }
  const { added, rebound, changed, removed, skipped, more, outside } = changes;
  return {
    added: added.map(boundedLine),
    rebound: rebound.map(boundedLine),
    changed: changed.map(boundedLine),
    removed: removed.map(boundedLine),
    skipped: skipped.map(boundedLine),
    more,
    outside: boundedLines(outside),
  };
}
