/** Puts the bridge on the renderer's `window`; all that it says is checked on the other side. */

import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../contract/bridge.ts';

const bridge: Bridge = {
  call: (name, ...args) => ipcRenderer.invoke('call', name, args),
  on(name, listener) {
    const hear = (_event: unknown, signal: string, payload: Parameters<typeof listener>[0]) => {
      if (signal === name) listener(payload);
    };
    ipcRenderer.on('signal', hear);
    return () => ipcRenderer.off('signal', hear);
  },
};

contextBridge.exposeInMainWorld('bridge', bridge);
