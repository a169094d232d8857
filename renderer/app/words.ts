/** How the status line puts things. */

import type { Situation } from '../../electron/contract/bridge.ts';

/** `Python 3.11.7 · .venv · ~/project`. */
export function identityWords({ python, environment, executable, folder }: Situation): string {
  return [python ?? executable ?? 'Python', environment, folder].filter(Boolean).join(' · ');
}

/** `idle · run 42`, or why there is no Python. */
export function stateWords({ state, run, reason, unstarted }: Situation): string {
  const counted = run > 0 ? ` · run ${run}` : '';
  switch (state) {
    case 'starting':
      return 'starting';
    case 'idle':
      return `idle${counted}`;
    case 'running':
      return `running${counted}`;
    case 'asking':
      return `waiting for input${counted}`;
    case 'ended':
      return unstarted ? 'not started' : (reason ?? 'ended');
  }
}

/** `3.2 s`, `2 min 05 s`, `1 h 02 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(Math.floor(seconds) % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
