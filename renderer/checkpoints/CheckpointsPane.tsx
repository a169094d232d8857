/** The saved sessions: save this one, and bring any of them back. */

import './checkpoints.css';
import { FolderInput } from 'lucide-react';
import { keysOf } from '../../electron/wording/keys.ts';
import { tell } from '../model/main-bridge.ts';
import { keepFocus } from '../ui/focus.ts';
import { CardDetail } from './CardDetail.tsx';
import { CardList } from './CardList.tsx';
import { useCursor } from './card-cursor.ts';
import { leaveOnEscape } from './card-keys.ts';
import { SaveField } from './SaveField.tsx';
import { useSaved } from './saved-sessions.ts';
import { TransferLine } from './TransferLine.tsx';

export function CheckpointsPane() {
  const isEmpty = useSaved(({ cards }) => cards.length === 0);
  return (
    <section className="pane saved" aria-label="Saved" data-testid="saved" onKeyDown={leaveOnEscape}>
      <div className="saving">
        <SaveField />
        <button
          type="button"
          className="button small bare"
          title="Import a saved session from a file…"
          aria-label="Import…"
          onMouseDown={keepFocus}
          onClick={() => tell('importSaved')}
        >
          <FolderInput size={14} aria-hidden />
        </button>
      </div>
      <TransferLine />
      <Remarks />
      {isEmpty ? (
        <Nothing />
      ) : (
        <>
          <CardList />
          <CardDetail />
        </>
      )}
    </section>
  );
}

/** What has failed, and what came of what was done last. */
function Remarks() {
  const { complaint, warning } = useSaved();
  const remark = useCursor((cursor) => cursor.remark);
  return (
    <div className="remarks" aria-live="polite">
      {complaint !== null && <p className="failed">{complaint}</p>}
      {warning !== null && <p>{warning}</p>}
      {remark && <p className={remark.failed ? 'failed' : ''}>{remark.text}</p>}
    </div>
  );
}

function Nothing() {
  return (
    <p className="nothing">
      Saved sessions will be here, to be brought back after a quit, a crash or a restart of the machine;{' '}
      <kbd>{keysOf('save session')}</kbd> makes the first.
    </p>
  );
}
