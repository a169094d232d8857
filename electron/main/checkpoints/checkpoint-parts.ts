/** Puts together what the window has to do with saved sessions. */

import type { BrowserWindow } from 'electron';
import type { Store } from '../../supervisor/store/store.ts';
import { SCRIPT_PART } from '../documents/script-attachment.ts';
import type { Scripts } from '../documents/scripts.ts';
import type { Send } from '../ipc/signals.ts';
import type { Repl } from '../session/repl.ts';
import { restoreSession } from '../session/restart.ts';
import { CheckpointFeed } from './checkpoint-feed.ts';
import { ForeignCheckpoints } from './foreign-checkpoints.ts';
import { TransferProgress } from './transfer-progress.ts';

export interface Saved {
  store: Store;
  checkpointFeed: CheckpointFeed;
  transfers: TransferProgress;
  foreignCheckpoints: ForeignCheckpoints;
}

export interface SavedOptions {
  window: BrowserWindow;
  store: Store;
  repl: Repl;
  scripts: Scripts;
  send: Send;
  /** Whether a checkpoint that was not made here may be opened. */
  foreign: 'ask' | 'never';
}

/** Follow the store, and each session that is opened from now on. */
export function followSaved({ window, store, repl, scripts, send, foreign }: SavedOptions): Saved {
  const checkpointFeed = new CheckpointFeed(store, send);
  const transfers = new TransferProgress({
    send,
    nameOf: (wanted) => checkpointFeed.nameOf(wanted),
    restored: async (checkpoint) => {
      checkpointFeed.settleOffers();
      return scripts.bringBack(await store.part(checkpoint, SCRIPT_PART));
    },
  });
  const restore = (checkpoint: string) => restoreSession(window, repl, checkpoint);
  const foreignCheckpoints = new ForeignCheckpoints({ store, repl, send, foreign, restore });
  for (const follower of [checkpointFeed, transfers, foreignCheckpoints]) repl.addFollower(follower);
  repl.addFollower({
    follow: ({ checkpoints }) => checkpoints.provide(SCRIPT_PART, () => scripts.part()),
  });
  checkpointFeed.begin();
  return { store, checkpointFeed, transfers, foreignCheckpoints };
}
