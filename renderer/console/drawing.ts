/** Draws the terminal on the graphics card, where there is one. */

import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

/** Without a card, or when it is lost, xterm draws with elements by itself. */
export function drawOnGraphicsCard(terminal: Terminal): void {
  if (!hasGraphicsCard()) return;
  try {
    const addon = new WebglAddon();
    addon.onContextLoss(() => addon.dispose());
    terminal.loadAddon(addon);
  } catch {
    // The card does not do what is needed: elements show the same.
  }
}

/** A card that is only a program counts as none: each of its frames would hold us up for 50 ms and more. */
function hasGraphicsCard(): boolean {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
