/** What is said of checkpoints in the console: that one was saved or came back, and what is not in it. */

import type { Checkpoint, Hole, Offer, Rebuild, Restoration, SavedName } from '../../contract/checkpoints.ts';
import type { Saving } from '../../supervisor/session.ts';
import { counted, enumerated } from '../../wording/counts.ts';
import { plain } from '../../wording/plain-text.ts';
import { sizeText } from '../../wording/sizes.ts';
import { agoText, whenText } from '../../wording/times.ts';
import { clip, textWidth } from '../screen/text-width.ts';
import { shortFolder } from './banner.ts';

/** So many names that are not saved, or not back, have a line each; more of them share one. */
const MOST_LINES = 5;
/** So many holes of a name are told. */
const MOST_HOLES = 2;
/** `20261125-181444`, which is mostly enough of `20261125-181444-9f3a01`. */
const SHORT_ID_LETTERS = 15;
/** Where less is left for the last run, it is not told. */
const LEAST_RUN_COLUMNS = 20;
/** A reason is a clause, but nobody knows how long another program's words are. */
const REASON_COLUMNS = 200;

type Named = Pick<Checkpoint, 'id' | 'name'>;

/** What one types to mean it. */
export function handleOf({ id, name }: Named): string {
  return name === null ? id.slice(0, SHORT_ID_LETTERS) : plain(name);
}

/** `before-lunch`, or `the session of 12:31`. */
export function labelOf({ name, at }: Pick<Checkpoint, 'name' | 'at'>, now: number): string {
  return name === null ? `the session of ${whenText(at, now)}` : plain(name);
}

/** How many names are in it, whole or in part. */
export function namesIn({ counts }: Pick<Checkpoint, 'counts'>): string {
  const { saved, partly, imported, reopened } = counts;
  return counted(saved + partly + imported + reopened, 'name');
}

/** `36 names, 1 partly, 2 not saved`. */
export function countsWords({ counts }: Pick<Checkpoint, 'counts'>): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const { partly, unsaved } = counts;
  const lacking = [
    ...(partly > 0 ? [`${partly} partly`] : []),
    ...(unsaved > 0 ? [`${unsaved} not saved`] : []),
  ];
  return [counted(all, 'name'), ...lacking].join(', ');
}

/** `saved before-lunch: 34 names, 1.2 GB, 12 MB new`. */
export function savedWords(checkpoint: Checkpoint, now: number): string {
  const { size, added } = checkpoint;
  const label = labelOf(checkpoint, now);
  const isAllNew = added >= size;
  const growth = isAllNew ? [] : [added > 0 ? `${sizeText(added)} new` : 'nothing new'];
  return `saved ${label}: ${[namesIn(checkpoint), sizeText(size), ...growth].join(', ')}`;
}

/** `saving before-lunch: 12 of 34 names, 340 MB · %save --cancel stops it`; `isHeld`: Python does nothing else. */
export function savingWords({ name, progress }: Saving, isHeld: boolean): string {
  const { done, names, bytes } = progress;
  const far = names > 0 ? `: ${done} of ${counted(names, 'name')}, ${sizeText(bytes)}` : '';
  const way = isHeld ? 'code waits for it · Ctrl-C stops it' : '%save --cancel stops it';
  return `saving ${name ?? 'the session'}${far} · ${way}`;
}

/** What a save has left out: `not saved: gen (a generator)`. */
export function unsavedLines(checkpoint: Named, names: readonly SavedName[]): string[] {
  return few(checkpoint, [
    ...missing(names).map((each) => `not saved: ${reasoned(each)}`),
    ...partial(names).map((each) => `saved in part: ${withoutHoles(each)}`),
  ]);
}

/** `restored before-lunch: 34 names, 3 of them imported again`. */
export function restoredWords({ checkpoint, names }: Restoration, now: number): string {
  const many = (how: SavedName['how']) => told(names).filter((each) => each.how === how).length;
  const others = [
    ...(many('imported') > 0 ? [`${many('imported')} imported again`] : []),
    ...(many('reopened') > 0 ? [`${many('reopened')} opened again`] : []),
  ];
  const back = counted(told(names).length - many('unsaved'), 'name');
  const of = others.length > 0 ? `, of them ${others.join(' and ')}` : '';
  return `restored ${labelOf(checkpoint, now)}: ${back}${of}`;
}

/** What has not come back, and what would make it again: `not back: gen (a generator) · run 12 makes it again`. */
export function missingLines({ checkpoint, names, rebuilds }: Restoration): string[] {
  const again = ({ name }: SavedName) => {
    const rebuild = rebuilds.find((each) => each.names.includes(name));
    return rebuild ? ` · run ${rebuild.run} makes it again` : '';
  };
  return few(checkpoint, [
    ...missing(names).map((each) => `not back: ${reasoned(each)}${again(each)}`),
    ...partial(names).map((each) => `back in part: ${withoutHoles(each)}${again(each)}`),
  ]);
}

/** `gen and sock`: what the runs make again. */
export function rebuiltNames(rebuilds: readonly Rebuild[]): string {
  return enumerated([...new Set(rebuilds.flatMap(({ names }) => names))].map(plain));
}

/** `cut off 12 minutes ago in ~/project: 34 names, 340 MB, last run df.describe()`, as much of it as one line takes. */
export function offerWords({ checkpoint, ended, at }: Offer, columns: number, now: number): string {
  const { name, folder, size, lastRuns } = checkpoint;
  const called = name === null ? '' : ` (${plain(name)})`;
  const where = `${ended === 'quit' ? 'quit' : 'cut off'} ${agoText(at, now)} in ${plain(shortFolder(folder))}${called}`;
  const words = `${where}: ${namesIn(checkpoint)}, ${sizeText(size)}`;
  const last = lastRuns.at(-1);
  const run = last === undefined ? '' : `, last run ${plain(last)}`;
  const room = columns - textWidth(words);
  return room < Math.min(LEAST_RUN_COLUMNS, textWidth(run)) ? clip(words, columns) : words + clip(run, room);
}

/** Names that begin with a colon are none of the session's. */
function told(names: readonly SavedName[]): SavedName[] {
  return names.filter(({ name }) => !name.startsWith(':'));
}

function missing(names: readonly SavedName[]): SavedName[] {
  return told(names).filter(({ how }) => how === 'unsaved');
}

function partial(names: readonly SavedName[]): SavedName[] {
  return told(names).filter(({ how }) => how === 'partly');
}

function reasoned({ name, reason, type }: SavedName): string {
  return `${plain(name)} (${clip(plain(reason ?? type), REASON_COLUMNS)})`;
}

/** `data, without data['gen'] (a generator)`. */
function withoutHoles({ name, holes, reason }: SavedName): string {
  const first = holes.slice(0, MOST_HOLES).map(holeWords);
  const more = holes.length > MOST_HOLES ? [`${holes.length - MOST_HOLES} more`] : [];
  const without = enumerated([...first, ...more]) || plain(reason ?? 'some of it');
  return `${plain(name)}, without ${without}`;
}

function holeWords({ path, reason }: Hole): string {
  return `${plain(path)} (${clip(plain(reason), REASON_COLUMNS)})`;
}

/** The lines, or the first of them and where the others are. */
function few(checkpoint: Named, lines: string[]): string[] {
  if (lines.length <= MOST_LINES) {
    return lines;
  }
  const rest = lines.length - MOST_LINES + 1;
  return [...lines.slice(0, MOST_LINES - 1), `… and ${rest} more: %checkpoints ${handleOf(checkpoint)}`];
}
