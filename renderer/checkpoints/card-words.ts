/** How saved sessions are put into words. */

import type {
  Card,
  ForeignFile,
  NameLine,
  Offered,
  Restored,
  Transfer,
} from '../../electron/contract/checkpoint-news.ts';
import type { How } from '../../electron/contract/checkpoints.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MS = 24 * HOUR_MINUTES * MINUTE_MS;

const KILO = 1000;
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `18:14`, `yesterday 18:14`, `20 Nov 18:14`, `20 Nov 2025`. */
export function whenWords(at: number, now: number): string {
  const [date, today] = [new Date(at), new Date(now)];
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  if (date.toDateString() === today.toDateString()) return time;
  if (date.toDateString() === new Date(now - DAY_MS).toDateString()) return `yesterday ${time}`;
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? `${day} ${time}` : `${day} ${date.getFullYear()}`;
}

/** `just now`, `12 minutes ago`, `3 hours ago`, and further back when it was. */
export function agoWords(at: number, now: number): string {
  const minutes = Math.floor((now - at) / MINUTE_MS);
  if (minutes < 0 || now - at >= DAY_MS)
    return `on ${whenWords(at, now)}`.replace(/^on (?=yesterday|\d\d:)/, '');
  if (minutes === 0) return 'just now';
  if (minutes < HOUR_MINUTES) return `${counted(minutes, 'minute')} ago`;
  return `${counted(Math.floor(minutes / HOUR_MINUTES), 'hour')} ago`;
}

/** The whole moment, for who points at the short form. */
export function momentWords(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
}

/** `812 B`, `1.3 MB`. */
export function sizeWords(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= KILO && unit < UNITS.length - 1) {
    value /= KILO;
    unit += 1;
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What stands for a checkpoint that has no name. */
export function titleOf({ name }: Pick<Card, 'name'>): string {
  return name ?? 'Automatic';
}

/** `34 names · 340 MB`; a name that is not saved is none of them. */
export function amountWords({ counts, size }: Card): string {
  const { saved, partly, imported, reopened } = counts;
  return `${counted(saved + partly + imported + reopened, 'name')} · ${sizeWords(size)}`;
}

/** `2 names not saved, 1 in part`; empty where all is saved. */
export function lackWords({ counts: { unsaved, partly } }: Card): string {
  const parts = [
    unsaved > 0 && `${counted(unsaved, 'name')} not saved`,
    partly > 0 && `${unsaved > 0 ? partly : counted(partly, 'name')} in part`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** `+3 ~1 −2`: names added, changed and removed since the checkpoint before. */
export function signs({ changes: { added, changed, removed } }: Card): string {
  const counts: [string, number][] = [
    ['+', added],
    ['~', changed],
    ['−', removed],
  ];
  return counts
    .filter(([, count]) => count > 0)
    .map(([sign, count]) => sign + count)
    .join(' ');
}

/** A whole card for a screen reader and for the pointer that rests on it. */
export function cardWords(card: Card, now: number): string {
  const parts = [titleOf(card), whenWords(card.at, now), amountWords(card), lackWords(card), signs(card)];
  return parts.filter(Boolean).join(' · ');
}

/** `Cut off 12 minutes ago in ~/project`. */
export function offerTitle({ card, ended, at }: Offered, now: number): string {
  return `${ended === 'quit' ? 'Quit' : 'Cut off'} ${agoWords(at, now)} in ${card.folder}`;
}

/** `before-lunch · 34 names · 340 MB`; with its Python, where that is not the one which is here. */
export function offerWords({ card }: Offered, here: string | null): string {
  const isOther = here !== null && !here.endsWith(` ${card.python}`);
  const parts = [card.name, amountWords(card), lackWords(card), isOther && `Python ${card.python}`];
  return parts.filter(Boolean).join(' · ');
}

/** `Saving before-lunch`. */
export function passageTitle({ kind, name, automatic }: Transfer): string {
  const what = automatic ? 'the session' : (name ?? 'a session');
  return `${kind === 'saving' ? 'Saving' : 'Restoring'} ${what}`;
}

/** `12 of 34 names · 120 MB`. */
export function progressWords({ progress: { done, names, bytes } }: Transfer): string {
  const parts = [names > 0 && `${done} of ${counted(names, 'name')}`, bytes > 0 && sizeWords(bytes)];
  return parts.filter(Boolean).join(' · ');
}

/** What became of a name, in a word. */
const HOW: Record<How, string> = {
  saved: 'saved',
  partly: 'in part',
  imported: 'imported',
  reopened: 'reopened',
  unsaved: 'not saved',
};

export function howWord({ how }: NameLine): string {
  return HOW[how];
}

/** `before-lunch is back · 34 names · 2 did not come back`. */
export function aftermathTitle({ card, back, missing, more }: Restored): string {
  const lost = missing.filter(({ how }) => how === 'unsaved').length + more;
  const title = card.name ?? 'The session';
  const parts = [`${title} is back`, counted(back, 'name'), lost > 0 && `${lost} did not come back`];
  return parts.filter(Boolean).join(' · ');
}

/** `Re-run run 3`, `Re-run runs 3 and 7`, `Re-run runs 3, 7, 9 and 2 more`. */
export function rerunWords(runs: readonly number[]): string {
  const shown = runs.length > 4 ? runs.slice(0, 3).map(String) : runs.map(String);
  if (runs.length > 4) shown.push(`${runs.length - 3} more`);
  const last = shown.pop();
  const list = shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
  return `Re-run ${runs.length === 1 ? 'run' : 'runs'} ${list}`;
}

/** What a file's question means. */
export function guestWords({ contents, complaint }: ForeignFile): string | null {
  if (complaint !== null || contents === null) return complaint;
  return contents.trusted
    ? null
    : 'This checkpoint was not made here. Opening it runs code that it contains, with all your rights: ' +
        'do so only if you trust whoever made it.';
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
