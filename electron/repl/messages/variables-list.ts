/** What `%who` and `%whos` show: the names, side by side or a line each with what they stand for. */

import type { Variable } from '../../supervisor/session.ts';
import { plain } from '../../wording/plain-text.ts';
import { changeSign, extentText, memoryText } from '../../wording/variables.ts';
import { aligned } from '../screen/aligned.ts';
import { type Palette, styled } from '../screen/palette.ts';
import { clip, textWidth } from '../screen/text-width.ts';

export interface VariablesListOptions {
  variables: readonly Variable[];
  columns: number;
  palette: Palette;
}

/** A name or a type takes no more than this of the width. */
const WIDEST_LABEL = 28;
const GAP = '  ';
const HEADINGS = ['', 'name', 'type', 'length', 'size', 'value'];

/** All names, in columns that are read from top to bottom. */
export function namesList({ variables, columns }: VariablesListOptions): string {
  const names = variables.map(({ name }) => plain(name));
  const width = Math.max(...names.map(textWidth)) + GAP.length;
  const across = Math.max(1, Math.floor((columns - 1) / width));
  const down = Math.ceil(names.length / across);
  const lines = Array.from({ length: down }, (_, line) =>
    names
      .filter((_, index) => index % down === line)
      .map((name) => name + ' '.repeat(width - textWidth(name)))
      .join('')
      .trimEnd(),
  );
  return lines.map((line) => clip(line, columns - 1)).join('\n');
}

/** A line for each name; `+` and `~` tell what the last run added and changed. */
export function variablesList({ variables, columns, palette }: VariablesListOptions): string {
  const rows = aligned([HEADINGS, ...variables.map(cellsOf)]);
  return rows.map((cells, index) => lineOf(cells, variables[index - 1], { columns, palette })).join('\n');
}

function cellsOf(variable: Variable): string[] {
  const { name, type, text, change } = variable;
  const labels = [name, type].map((each) => clip(plain(each), WIDEST_LABEL));
  return [changeSign(change), ...labels, extentText(variable), memoryText(variable), plain(text)];
}

/** The value is what the program says, all else is what we say; what went wrong with it stands behind it. */
function lineOf(
  cells: readonly string[],
  variable: Variable | undefined,
  { columns, palette }: Pick<VariablesListOptions, 'columns' | 'palette'>,
): string {
  const [sign = '', name = '', ...details] = cells;
  const value = details.pop() ?? '';
  const told = details.join(GAP);
  const room = Math.max(1, columns - 1 - textWidth([sign, name, told].join(GAP)) - GAP.length);
  if (!variable) {
    return styled(clip([sign, name, told, value].join(GAP), columns - 1), palette.dim);
  }
  const trouble = variable.trouble ? `✕ ${plain(variable.trouble)}` : '';
  const shown = trouble ? clip(trouble, room) : clip(value, room);
  const parts = [sign, name, styled(told, palette.dim), trouble ? styled(shown, palette.failed) : shown];
  return parts.join(GAP).trimEnd();
}
