/** The lines of the history's file. */

import * as v from 'valibot';

export interface Entry {
  /** Seconds since 1970. */
  time: number;
  code: string;
}

const ENTRY = v.looseObject({ time: v.number(), code: v.string() });

export function writeEntry(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** The entries of a file's text; lines that are none are left out, and what was written twice is there once. */
export function parseEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    const entry = parseEntry(line);
    if (!entry) {
      continue;
    }
    const key = `${entry.time} ${entry.code}`;
    if (!seen.has(key)) {
      entries.push(entry);
    }
    seen.add(key);
  }
  return entries;
}

function parseEntry(line: string): Entry | null {
  if (!line.startsWith('{')) {
    return null;
  }
  try {
    const found: unknown = JSON.parse(line);
    return v.is(ENTRY, found) ? found : null;
  } catch {
    // Half a line, of a process that died in its write.
    return null;
  }
}
