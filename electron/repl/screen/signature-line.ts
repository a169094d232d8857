/** One dim line that says how a function is called, the parameter at the cursor standing out. */

import type { Described } from '../../contract/messages.ts';
import { type Cell, cellsOf } from './cells.ts';
import type { Palette } from './palette.ts';
import { clip, textWidth } from './text-width.ts';

export function signatureCells(described: Described, columns: number, palette: Palette): Cell[] {
  const signature = `· ${described.signature ?? ''}`.replace(/\s+/g, ' ');
  const [start, end] = parameterRange(signature, described.parameter);
  const cells = [
    ...cellsOf(signature.slice(0, start), palette.dim),
    ...cellsOf(signature.slice(start, end), ''),
    ...cellsOf(signature.slice(end), palette.dim),
  ];
  const left = columns - textWidth(signature) - 3;
  if (described.summary && left > 10) {
    cells.push(...cellsOf(clip(` — ${described.summary.replace(/\s+/g, ' ')}`, left + 3), palette.dim));
  }
  return cells;
}

/** Where a parameter stands in `· name(a, b=(1, 2))`. */
function parameterRange(signature: string, parameter: number | null): [number, number] {
  const none: [number, number] = [signature.length, signature.length];
  const open = signature.indexOf('(');
  if (parameter === null || open < 0) {
    return none;
  }
  let depth = 0;
  let index = 0;
  let start = open + 1;
  for (let at = open; at < signature.length; at += 1) {
    const character = signature[at] as string;
    if ('([{'.includes(character)) {
      depth += 1;
    }
    if (')]}'.includes(character)) {
      depth -= 1;
    }
    const ends = depth === 0 || (depth === 1 && character === ',');
    if (!ends) {
      continue;
    }
    const text = signature.slice(start, at).trim();
    // `/` and `*` alone separate parameters and are none.
    if (text !== '/' && text !== '*') {
      if (index === parameter) {
        return [at - signature.slice(start, at).trimStart().length, at];
      }
      index += 1;
    }
    start = at + 1;
    if (depth === 0) {
      return none;
    }
  }
  return none;
}
