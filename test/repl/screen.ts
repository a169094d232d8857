/** Read a terminal that has no window. */

import type headless from '@xterm/headless';

/** The terminal's lines, the empty ones at its end left out. */
export function screenOf(terminal: headless.Terminal): string[] {
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let row = 0; row < active.length; row += 1) {
    lines.push(active.getLine(row)?.translateToString().trimEnd() ?? '');
  }
  while (lines.at(-1) === '') {
    lines.pop();
  }
  return lines;
}
