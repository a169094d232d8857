/** How the status line puts things. */

import type { Situation } from '../../electron/contract/bridge.ts';

/** `Python 3.11.7 · .venv · ~/project`. */
export function identityWords({ python, environment, executable, folder }: Situation): string {
  return [python ?? executable ?? 'Python', environment, folder].filter(Boolean).join(' · ');
}

/** `idle · run 42`, or why there is no Python. */
export function stateWords({ state, run, reason, unstarted, obstacle }: Situation): string {
  const counted = run > 0 ? ` · run ${run}` : '';
  switch (state) {
    case 'starting':
      return 'starting';
    case 'idle':
      return `idle${counted}`;
    case 'running':
      return `running${counted}${obstacle ? ` · cannot be undone: ${obstacle}` : ''}`;
    case 'saving':
      return 'saving the session; runs wait';
    case 'moving':
      return 'going to another state';
    case 'asking':
      return `waiting for input${counted}`;
    case 'ended':
      return unstarted ? 'not started' : (reason ?? 'ended');
  }
}

/** Why the session cannot go to another state now; `null` when it can. */
export function hindrance({ state }: Pick<Situation, 'state'>): string | null {
  switch (state) {
    case 'starting':
      return 'Python is starting';
    case 'running':
      return 'A run is going on; stop it first';
    case 'asking':
      return 'The program asks something; answer it first';
    case 'saving':
      return 'The session is being saved; wait for it, or stop it';
    case 'ended':
      return 'There is no Python; start it again first';
    // Who is on the way to a state may want to go on from there.
    case 'idle':
    case 'moving':
      return null;
  }
}

/** What the next press of the stop button does. */
export function stopWords({ state, stop, loss }: Situation): { label: string; title: string } {
  if (state === 'saving')
    return { label: 'Stop saving', title: 'Stop saving the session; nothing is kept of that save' };
  switch (stop) {
    case 'interrupt':
      return { label: 'Interrupt', title: 'Raise KeyboardInterrupt in the run' };
    case 'insist':
      return { label: 'Interrupt again', title: 'The run has not stopped yet: interrupt it once more' };
    case 'kill':
      if (loss === null)
        return {
          label: 'Stop, keep the state',
          title: 'The run does not stop: end it by force, and go back to the state before it',
        };
      return { label: 'Stop, lose names', title: `The run does not stop: end it by force; ${loss}` };
  }
}
