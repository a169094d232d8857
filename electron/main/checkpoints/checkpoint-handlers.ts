/** What each of the renderer's calls does that is about saved sessions. */

import type { HandlerParts } from '../app/call-handlers.ts';
import type { Handlers } from '../ipc/ipc-router.ts';
import { restoreSession } from '../session/restart.ts';
import {
  compareSaved,
  deleteSaved,
  exportSaved,
  importSaved,
  openSaved,
  renameSaved,
} from './checkpoint-files.ts';

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

export function savedHandlers(parts: HandlerParts): Pick<Handlers, SavedCalls> {
  const { window, repl, checkpointFeed, transfers, foreignCheckpoints } = parts;
  return {
    saveSession: (name) => repl.command(`%save ${name}`),
    cancelSave: () => repl.cancelSave(),
    restoreSession: (checkpoint) => restoreSession(window, repl, checkpoint),
    rebuild: () => repl.command('%rebuild'),
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
