/** What `%checkpoints` shows: the saved sessions, a line each, the newest at the bottom. */

import type { Checkpoint, Damaged, Difference } from '../contract/checkpoints.ts';
import { shortFolder } from './banner.ts';
import { plain, sizeText, whenText } from './checkpoint-tool-view.ts';
import { countsWords, handleOf } from './checkpoint-words.ts';
import { clip, textWidth } from './measure.ts';
import { type Palette, styled } from './palette.ts';

export interface CheckpointsListOptions {
  /** The newest first. */
  found: readonly (Checkpoint | Damaged)[];
  /** So many of the newest are shown. */
  count: number;
  columns: number;
  palette: Palette;
  now: number;
}

/** A name takes no more than this of the width. */
const LABEL_COLUMNS = 28;
const GAP = '  ';

export function checkpointsList({ found, count, columns, palette, now }: CheckpointsListOptions): string {
  const shown = found.slice(0, count).reverse();
  const hidden = found.length - shown.length;
  const rows = aligned(shown.map((each) => cellsOf(each, now)));
  const lines = rows.map((cells, index) => line(cells, shown[index], { columns, palette }));
  const more = hidden > 0 ? [styled(`· ${hidden} more before: %checkpoints all`, palette.dim)] : [];
  return [...more, ...lines].join('\n');
}

/** What a row has, the most important first: what does not fit is left out. */
function cellsOf(found: Checkpoint | Damaged, now: number): string[] {
  if ('reason' in found) {
    return [handleOf({ id: found.id, name: null }), whenText(found.at, now), plain(found.reason)];
  }
  const { size, changes, folder, at } = found;
  const label = clip(handleOf(found), LABEL_COLUMNS);
  const last = [countsWords(found), changesText(changes), plain(shortFolder(folder))];
  return [label, whenText(at, now), sizeText(size), ...last];
}

/** `+2 ~1 −1`. */
function changesText({ added, changed, removed, more }: Difference): string {
  const lists: [string, string[]][] = [
    ['+', added],
    ['~', changed],
    ['−', removed],
  ];
  const counts = lists.flatMap(([sign, names]) => (names.length > 0 ? `${sign}${names.length}` : []));
  return [...counts, ...(more > 0 ? ['…'] : [])].join(' ');
}

/** Pad the cells so that they stand below each other; a row's last one is as long as it is. */
function aligned(rows: readonly string[][]): string[][] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.slice(0, -1).entries()) {
      widths[index] = Math.max(widths[index] ?? 0, textWidth(cell));
    }
  }
  const pad = (cell: string, width: number) => cell + ' '.repeat(Math.max(0, width - textWidth(cell)));
  return rows.map((row) =>
    row.map((cell, index) => (index < row.length - 1 ? pad(cell, widths[index] ?? 0) : cell)),
  );
}

interface Look {
  columns: number;
  palette: Palette;
}

/** The cells that fit; the second and all that follow are what we say. */
function line(cells: string[], found: Checkpoint | Damaged | undefined, { columns, palette }: Look): string {
  const isDamaged = found !== undefined && 'reason' in found;
  const isNamed = found !== undefined && 'name' in found && found.name !== null;
  const [label = '', ...details] = cells;
  let rest = '';
  for (const cell of details) {
    if (textWidth(`  ${label}${rest}${GAP}${cell}`.trimEnd()) >= columns && !isDamaged) {
      break;
    }
    rest += GAP + cell;
  }
  const room = columns - 1 - textWidth(`  ${label}`);
  const told = styled(clip(rest.trimEnd(), room), isDamaged ? palette.failed : palette.dim);
  return `${isDamaged ? '✕ ' : '  '}${isNamed ? label : styled(label, isDamaged ? palette.failed : palette.dim)}${told}`;
}
