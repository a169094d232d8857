/** Hears of the restores of a session, whoever asks for them: the window, or a line in its console. */

import type { Restoration } from '../contract/checkpoints.ts';
import type { Checkpoints, Outcome } from '../supervisor/session.ts';

export interface Listeners {
  /** A checkpoint is looked for by these words, to be restored. */
  begun: (words: string) => void;
  /** It is back: all of it, or only some of its names. */
  restored: (restoration: Restoration, isWhole: boolean) => void;
  /** The restore is over, whatever came of it. */
  over: () => void;
  /** Runs were run anew, to make what did not come back. */
  rebuilt: (outcomes: readonly Outcome[]) => void;
}

export function hearRestores(checkpoints: Checkpoints, listeners: Listeners): void {
  const restore = checkpoints.restore.bind(checkpoints);
  const rebuild = checkpoints.rebuild.bind(checkpoints);
  checkpoints.restore = async (words, options = {}) => {
    listeners.begun(words);
    try {
      const restoration = await restore(words, options);
      listeners.restored(restoration, options.names === undefined);
      return restoration;
    } finally {
      listeners.over();
    }
  };
  checkpoints.rebuild = async () => {
    const outcomes = await rebuild();
    listeners.rebuilt(outcomes);
    return outcomes;
  };
}
