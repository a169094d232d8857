/** What each of the renderer's calls does that is about saved sessions. */

import type { Handlers } from '../ipc/ipc-router.ts';
import { restoreSession } from '../session/restart.ts';
import type { CheckpointFeed } from './checkpoint-feed.ts';
import {
  compareSaved,
  deleteSaved,
  exportSaved,
  importSaved,
  openSaved,
  renameSaved,
  type SavedParts,
} from './checkpoint-files.ts';
import type { TransferProgress } from './transfer-progress.ts';

export interface SavedHandlerParts extends SavedParts {
  checkpointFeed: CheckpointFeed;
  transfers: TransferProgress;
}

type SavedCalls =
  | 'saveSession'
  | 'cancelSave'
  | 'restoreSession'
  | 'rebuild'
  | 'openSaved'
  | 'compareSaved'
  | 'renameSaved'
  | 'deleteSaved'
  | 'exportSaved'
  | 'importSaved'
  | 'answerForeign'
  | 'dismissOffers'
  | 'dismissRestored';

export function savedHandlers(parts: SavedHandlerParts): Pick<Handlers, SavedCalls> {
  const { window, repl, checkpointFeed, transfers, foreignCheckpoints } = parts;
  return {
    saveSession: (name) => repl.save(name === '' ? null : name),
    cancelSave: () => repl.cancelSave(),
    restoreSession: (checkpoint) => restoreSession(window, repl, checkpoint),
    rebuild: () => repl.rebuild(),
    openSaved: (checkpoint) => openSaved(parts, checkpoint),
    compareSaved: (one, other) => compareSaved(parts, one, other),
    renameSaved: (checkpoint, name) => renameSaved(parts, checkpoint, name),
    deleteSaved: (checkpoint) => deleteSaved(parts, checkpoint),
    exportSaved: (checkpoint) => exportSaved(parts, checkpoint),
    importSaved: () => importSaved(parts),
    answerForeign: (answer) => foreignCheckpoints.answer(answer),
    dismissOffers: () => checkpointFeed.dismissOffers(),
    dismissRestored: () => transfers.dismiss(),
  };
}
