/** What main and page know of the console's stream: the marks that say where a run begins and ends, and how far back it goes. */

import * as v from 'valibot';

/** As far as one can scroll back; older lines are in the transcript on disk, and need not be sent when the tail is wanted. */
export const SCROLLBACK_LINES = 10_000;

/** The operating system command (OSC) that carries them; no terminal that we know uses it. */
export const RUN_MARK = 7711;

export type RunMark =
  /** The prompt is there so that the line on which the run was typed can be found. */
  { kind: 'begin'; run: number; prompt: string } | { kind: 'end'; run: number; fine: boolean; words: string };

const MARK: v.GenericSchema<RunMark> = v.variant('kind', [
  v.looseObject({ kind: v.literal('begin'), run: v.number(), prompt: v.string() }),
  v.looseObject({ kind: v.literal('end'), run: v.number(), fine: v.boolean(), words: v.string() }),
]);

/** The mark as the terminal reads it; its text cannot end it early, whatever is in it. */
export function writeMark(mark: RunMark): string {
  return `\x1b]${RUN_MARK};${encodeURIComponent(JSON.stringify(mark))}\x07`;
}

/** Read what stands in a mark; `null` where somebody else wrote it. */
export function readMark(data: string): RunMark | null {
  try {
    const mark: unknown = JSON.parse(decodeURIComponent(data));
    return v.is(MARK, mark) ? mark : null;
  } catch {
    // A program printed a sequence of its own; it means nothing to us.
    return null;
  }
}
