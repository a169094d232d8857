/** The way to the main process. */

import type { Bridge, CallName, Calls } from '../../electron/contract/bridge.ts';
import { background } from './background.ts';

declare global {
  interface Window {
    readonly bridge: Bridge;
  }
}

export const { call, on } = window.bridge;

/** Make a call whose answer nobody waits for. */
export function tell<Name extends CallName>(name: Name, ...args: Parameters<Calls[Name]>): void {
  background(call(name, ...args), `asking for ${name}`);
}
