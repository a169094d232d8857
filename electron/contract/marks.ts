/** Marks in the console's stream that say where a run begins and ends, in the order of what is printed. */

/** The operating system command (OSC) that carries them; no terminal that we know uses it. */
export const RUN_MARK = 7711;

export type RunMark =
  /** The prompt is there so that the line on which the run was typed can be found. */
  { kind: 'begin'; run: number; prompt: string } | { kind: 'end'; run: number; fine: boolean; words: string };

/** The mark as the terminal reads it; its text cannot end it early, whatever is in it. */
export function writeMark(mark: RunMark): string {
  return `\x1b]${RUN_MARK};${encodeURIComponent(JSON.stringify(mark))}\x07`;
}

/** Read what stands in a mark; `null` where somebody else wrote it. */
export function readMark(data: string): RunMark | null {
  try {
    const mark = JSON.parse(decodeURIComponent(data));
    return mark.kind === 'begin' || mark.kind === 'end' ? mark : null;
  } catch {
    // A program printed a sequence of its own; it means nothing to us.
    return null;
  }
}
