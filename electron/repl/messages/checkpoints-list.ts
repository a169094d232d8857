/** What `%checkpoints` shows: the saved sessions, a line each, the newest at the bottom. */

import { type Checkpoint, type Damaged, type Difference, isDamaged } from '../../contract/checkpoints.ts';
import { signs } from '../../wording/counts.ts';
import { plain } from '../../wording/plain-text.ts';
import { sizeText } from '../../wording/sizes.ts';
import { whenText } from '../../wording/times.ts';
import { aligned } from '../screen/aligned.ts';
import { type Palette, styled } from '../screen/palette.ts';
import { clip, textWidth } from '../screen/text-width.ts';
import { shortFolder } from './banner.ts';
import { countsWords, handleOf } from './checkpoint-notes.ts';

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
  if (isDamaged(found)) {
    return [handleOf({ id: found.id, name: null }), whenText(found.at, now), plain(found.reason)];
  }
  const { size, changes, folder, at } = found;
  const label = clip(handleOf(found), LABEL_COLUMNS);
  const last = [countsWords(found), changesText(changes), plain(shortFolder(folder))];
  return [label, whenText(at, now), sizeText(size), ...last];
}

/** `+2 ~1 −1`. */
function changesText({ added, changed, removed, more }: Difference): string {
  const counts = signs(added.length, changed.length, removed.length);
  return more > 0 ? `${counts} …` : counts;
}

interface Look {
  columns: number;
  palette: Palette;
}

/** The cells that fit; the second and all that follow are what we say. */
function line(cells: string[], found: Checkpoint | Damaged | undefined, { columns, palette }: Look): string {
  const isBad = found !== undefined && isDamaged(found);
  const isNamed = found !== undefined && !isDamaged(found) && found.name !== null;
  const [label = '', ...details] = cells;
  let rest = '';
  for (const cell of details) {
    if (textWidth(`  ${label}${rest}${GAP}${cell}`.trimEnd()) >= columns && !isBad) {
      break;
    }
    rest += GAP + cell;
  }
  const room = columns - 1 - textWidth(`  ${label}`);
  const told = styled(clip(rest.trimEnd(), room), isBad ? palette.failed : palette.dim);
  return `${isBad ? '✕ ' : '  '}${isNamed ? label : styled(label, isBad ? palette.failed : palette.dim)}${told}`;
}
