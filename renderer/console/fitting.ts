/** Fits the terminal's rows and columns to its pane, and its rows to the line height of the editor. */

import { FitAddon } from '@xterm/addon-fit';
import type { Terminal } from '@xterm/xterm';

export function fitTerminal(terminal: Terminal, host: HTMLElement, linePixels: number): void {
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  setLineHeight(terminal, host, linePixels);
  const observer = new ResizeObserver(() => {
    // A pane that is being put together, or is behind another, has no size to fit to.
    if (host.clientHeight > linePixels && host.clientWidth > linePixels) fit.fit();
  });
  observer.observe(host);
}

/** xterm takes a line height as a multiple of the font's own. */
function setLineHeight(terminal: Terminal, host: HTMLElement, linePixels: number): void {
  const screen = host.querySelector('.xterm-screen');
  const own = (screen?.clientHeight ?? 0) / terminal.rows;
  if (own > 0) terminal.options.lineHeight = linePixels / own;
}
