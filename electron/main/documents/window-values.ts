/** What the window keeps, as its file has it. */

import { readFileSync } from 'node:fs';
import * as v from 'valibot';

export interface WindowValues {
  bounds: { x?: number; y?: number; width: number; height: number };
  maximised: boolean;
  theme: 'system' | 'light' | 'dark';
  editorShare: number;
  editorShown: boolean;
  railShown: boolean;
  /** In pixels. */
  railWidth: number;
  railFront: 'variables' | 'timeline' | 'saved';
  /** The console's size, in cells, so that Python starts with the size it will have. */
  columns: number;
  rows: number;
  /** The interpreter that the user chose; `null` for the one that is found. */
  python: string | null;
  /** The script in the editor; `null` for one without a file. */
  script: string | null;
}

const count = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
/** Of a screen, also of one that stands left of or above the first. */
const place = v.exactOptional(count(-100_000, 100_000));
const size = count(100, 100_000);
const cells = count(1, 10_000);

/** What does not fit is as it is at first: the file may be old, or edited by hand. */
const WINDOW = v.object({
  bounds: v.fallback(v.object({ x: place, y: place, width: size, height: size }), {
    width: 1200,
    height: 800,
  }),
  maximised: v.fallback(v.boolean(), false),
  theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
  editorShare: v.fallback(v.pipe(v.number(), v.minValue(0), v.maxValue(100)), 50),
  editorShown: v.fallback(v.boolean(), true),
  railShown: v.fallback(v.boolean(), true),
  railWidth: v.fallback(count(0, 100_000), 320),
  railFront: v.fallback(v.picklist(['variables', 'timeline', 'saved']), 'timeline'),
  columns: v.fallback(cells, 80),
  rows: v.fallback(cells, 24),
  python: v.fallback(v.nullable(v.string()), null),
  script: v.fallback(v.nullable(v.string()), null),
}) satisfies v.GenericSchema<unknown, WindowValues>;

/** Read it; what is missing or does not fit is as it is at first. */
export function readWindowValues(file: string): WindowValues {
  let found: unknown = {};
  try {
    found = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Missing at the first start; unreadable is no reason not to open.
  }
  return v.parse(v.fallback(WINDOW, v.parse(WINDOW, {})), found);
}
