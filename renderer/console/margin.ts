/** Places marks in the margin beside the terminal's lines. */

import type { Terminal } from '@xterm/xterm';

/** Put a mark beside these lines of the buffer, as far as they are in view; without an end, down to the cursor. */
export function placeMark(terminal: Terminal, element: HTMLElement, begin: number, end?: number): void {
  const { active } = terminal.buffer;
  const last = end ?? active.baseY + active.cursorY;
  const top = Math.max(begin - active.viewportY, 0);
  const bottom = Math.min(last - active.viewportY + 1, terminal.rows);
  // Programs with a screen of their own have no runs in it.
  element.hidden = active.type === 'alternate' || bottom <= top;
  const height = (terminal.element?.querySelector('.xterm-screen')?.clientHeight ?? 0) / terminal.rows;
  element.style.top = `${top * height}px`;
  element.style.height = `${(bottom - top) * height}px`;
}
