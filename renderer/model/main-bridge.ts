/** The way to the main process. */

import type { Bridge } from '../../electron/contract/bridge.ts';

declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}

export const { call, on } = window.bridge;
