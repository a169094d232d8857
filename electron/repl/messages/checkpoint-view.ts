/** How checkpoints, what they hold and how they differ are written in a terminal. */

import {
  type Checkpoint,
  type Damaged,
  type Difference,
  type Inspection,
  isDamaged,
  type SavedName,
} from '../../contract/checkpoints.ts';
import { counted } from '../../wording/counts.ts';
import { plain } from '../../wording/plain-text.ts';
import { sizeText } from '../../wording/sizes.ts';
import { whenText } from '../../wording/times.ts';
import { aligned } from '../screen/aligned.ts';
import { type Palette, styled } from '../screen/palette.ts';
import { clip } from '../screen/text-width.ts';
import { shortFolder } from './banner.ts';
import { countsWords } from './checkpoint-notes.ts';

export interface ListStyle {
  palette: Palette;
  /** `null` where nobody knows how wide it will be read: then nothing is cut. */
  columns: number | null;
  now: number;
}

const NO_NAME = '—';
const HEAD_COLUMNS = 12;

/** The list, a session at a time, that of the newest checkpoint first. */
export function listText(found: readonly (Checkpoint | Damaged)[], style: ListStyle): string {
  if (found.length === 0) {
    return 'There are no checkpoints yet; %save NAME in a session makes one.';
  }
  const sessions = new Map<string, (Checkpoint | Damaged)[]>();
  for (const each of found) {
    sessions.set(each.session, [...(sessions.get(each.session) ?? []), each]);
  }
  return [...sessions.values()].map((each) => sessionText(each, style)).join('\n\n');
}

export function differenceText(
  { added, changed, removed, more }: Difference,
  { columns }: ListStyle,
): string {
  const lines = [
    ['added', added],
    ['changed', changed],
    ['removed', removed],
  ] as const;
  const told = lines.flatMap(([word, names]) =>
    names.length > 0 ? [cut(`${word.padEnd(7)}  ${names.map(plain).join(', ')}`, columns)] : [],
  );
  const rest = more > 0 ? [`and ${more} more`] : [];
  return [...told, ...rest].join('\n') || 'Nothing is different.';
}

/** What a checkpoint is, what is wrong with it, and its names one by one. */
export function inspectionText(inspection: Inspection, style: ListStyle): string {
  const { checkpoint, trusted, names, parts, packages, damage } = inspection;
  const { palette, columns, now } = style;
  const { id, name, at, run, python, platform, folder, size } = checkpoint;
  const rest = columns === null ? null : columns - HEAD_COLUMNS;
  const facts = [
    ['checkpoint', name === null ? id : `${plain(name)} · ${id}`],
    ['made', `${whenText(at, now)}, after run ${run}${trusted ? '' : ', not by this installation'}`],
    ['Python', `${plain(python)} · ${plain(platform)}`],
    ['folder', plain(shortFolder(folder))],
    [
      'size',
      [sizeText(size), ...parts.map((part) => `${plain(part.kind)} ${sizeText(part.size)}`)].join(' · '),
    ],
    [
      'packages',
      Object.entries(packages)
        .map((each) => plain(each.join(' ')))
        .join(', '),
    ],
    ['names', countsWords(checkpoint)],
  ] as const;
  const told = facts.flatMap(([word, text]) =>
    text === '' ? [] : [`${styled(word.padEnd(HEAD_COLUMNS), palette.dim)}${cut(text, rest)}`],
  );
  const harm = damage.pieces > 0 ? [styled(damageText(inspection), palette.failed)] : [];
  return [...told, ...harm, '', ...namesText(names, new Set(damage.names), style)].join('\n').trimEnd();
}

function sessionText(found: readonly (Checkpoint | Damaged)[], style: ListStyle): string {
  const { palette, columns } = style;
  const newest = found.find((each): each is Checkpoint => !isDamaged(each));
  const about = newest ? ` · Python ${plain(newest.python)} · ${plain(shortFolder(newest.folder))}` : '';
  const head = cut(`session ${found[0]?.session}${about}`, columns);
  const rows = table(found.map((each) => cells(each, style.now)));
  return [styled(head, palette.dim), ...rows.map((row) => cut(`  ${row}`.trimEnd(), columns))].join('\n');
}

function cells(found: Checkpoint | Damaged, now: number): string[] {
  if (isDamaged(found)) {
    return [found.id, NO_NAME, whenText(found.at, now), `damaged: ${plain(found.reason)}`];
  }
  const { id, name, at, size, changes } = found;
  const title = name === null ? NO_NAME : plain(name);
  return [id, title, whenText(at, now), sizeText(size), countsWords(found), changesText(changes)];
}

/** `+a, b ~c −d`. */
function changesText({ added, changed, removed, more }: Difference): string {
  const lists = [
    ['+', added],
    ['~', changed],
    ['−', removed],
  ] as const;
  const told = lists.flatMap(([sign, names]) => (names.length > 0 ? sign + names.map(plain).join(', ') : []));
  return [...told, ...(more > 0 ? ['…'] : [])].join(' ');
}

function table(rows: readonly string[][]): string[] {
  return aligned(rows).map((row) => row.join('  '));
}

function damageText({ damage }: Inspection): string {
  const { pieces, names } = damage;
  const lost = names.length > 0 ? `lost with it: ${names.map(plain).join(', ')}` : 'no name is lost with it';
  return `${'damaged'.padEnd(HEAD_COLUMNS)}${counted(pieces, 'piece')} of its data; ${lost}`;
}

function namesText(names: readonly SavedName[], lost: ReadonlySet<string>, { columns }: ListStyle): string[] {
  const rows = names.map((each) => {
    const how = lost.has(each.name) ? 'damaged' : HOW[each.how];
    const size = each.size > 0 ? sizeText(each.size) : '';
    return [plain(each.name), how, plain(each.type), size, remark(each)];
  });
  return table(rows).map((row) => cut(row.trimEnd(), columns));
}

const HOW: Record<SavedName['how'], string> = {
  saved: 'saved',
  partly: 'partly',
  imported: 'imported',
  reopened: 'reopened',
  unsaved: 'not saved',
};

function remark({ reason, holes, detail }: SavedName): string {
  const missing = holes.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
  return plain(reason ?? (missing || (detail ?? '')));
}

function cut(text: string, columns: number | null): string {
  return columns === null ? text : clip(text, columns - 1);
}
