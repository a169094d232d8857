/** Puts the bridge on the renderer's `window`; all that it says is checked on the other side. */

import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../contract/bridge.ts';

/** Who listens to which signal. The types of the payloads are those of the bridge. */
const listeners = new Map<string, Set<(payload: unknown) => void>>();

ipcRenderer.on('signal', (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

const bridge: Bridge = {
  call: (name, ...args) => ipcRenderer.invoke('call', name, args),
  on(name, listener) {
    const all = listeners.get(name) ?? new Set();
    const hear = listener as (payload: unknown) => void;
    listeners.set(name, all.add(hear));
    return () => void all.delete(hear);
  },
};

contextBridge.exposeInMainWorld('bridge', bridge);
