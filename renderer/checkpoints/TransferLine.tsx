/** How far a save or a restore is. */

import { useEffect, useState } from 'react';
import type { Transfer } from '../../electron/contract/checkpoint-news.ts';
import { keysOf } from '../../electron/wording/keys.ts';
import { tell } from '../model/main-bridge.ts';
import { keepFocus } from '../ui/focus.ts';
import { passageTitle, progressWords } from './card-words.ts';
import { useMoment } from './saved-sessions.ts';

/** What is over sooner needs no line, and would only flash. */
const SHOWN_AFTER_MS = 300;

/** Nobody waits for what was not asked for. */
const AUTOMATIC_SHOWN_AFTER_MS = 2_000;

export function TransferLine() {
  const transfer = useLasting();
  if (!transfer) return null;
  const { kind, progress } = transfer;
  return (
    <div className="transfer" data-testid="transfer">
      <div className="line">
        <span className="cut" role="status">
          {passageTitle(transfer)}
        </span>
        <span className="space" />
        <button
          type="button"
          className="button small"
          title={
            kind === 'saving'
              ? 'Stop saving; nothing is kept of it'
              : `Interrupt the restore (${keysOf('interrupt')})`
          }
          onMouseDown={keepFocus}
          onClick={() => tell(kind === 'saving' ? 'cancelSave' : 'stop')}
        >
          Cancel
        </button>
      </div>
      <div className="line">
        <span className="code cut">{progress.name}</span>
        <span className="space" />
        <span className="far">{progressWords(transfer)}</span>
      </div>
      <progress max={Math.max(1, progress.names)} value={progress.done} aria-label="Names done" />
    </div>
  );
}

/** What goes on, once it has gone on for long enough to be worth a line. */
function useLasting(): Transfer | null {
  const transfer = useMoment((moment) => moment.transfer);
  const delay = transfer?.automatic ? AUTOMATIC_SHOWN_AFTER_MS : SHOWN_AFTER_MS;
  const [isShown, setShown] = useState(false);
  const isThere = transfer !== null;
  useEffect(() => {
    if (!isThere) return;
    const timer = setTimeout(() => setShown(true), delay);
    return () => {
      clearTimeout(timer);
      setShown(false);
    };
  }, [isThere, delay]);
  return isShown ? transfer : null;
}
