/** Draws the terminal on the graphics card. */

import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

/** Where the card does not do what is needed, or is lost, xterm draws with elements by itself. */
export function drawOnGraphicsCard(terminal: Terminal): void {
  try {
    const addon = new WebglAddon();
    addon.onContextLoss(() => addon.dispose());
    terminal.loadAddon(addon);
  } catch {
    // Elements show the same.
  }
}
