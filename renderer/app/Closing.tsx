/** Says that the window goes when the session is saved. */

import './closing.css';
import { useEffect, useState } from 'react';
import { sizeText } from '../../electron/wording/sizes.ts';
import { useMoment } from '../checkpoints/saved-sessions.ts';
import { on, tell } from '../model/main-bridge.ts';

export function Closing() {
  const [isClosing, setClosing] = useState(false);
  useEffect(() => on('closing', () => setClosing(true)), []);
  return isClosing ? <Curtain /> : null;
}

function Curtain() {
  const progress = useMoment(({ transfer }) => transfer?.progress);
  const far = progress && [progress.bytes > 0 && sizeText(progress.bytes), progress.name].filter(Boolean);
  return (
    <div className="closing" role="dialog" aria-label="Saving" data-testid="closing">
      <div className="words">
        <p role="status">Saving the session…</p>
        <p className="far cut">{far?.join(' · ') || ' '}</p>
        <button
          type="button"
          className="button"
          title="What has changed since the last save is lost"
          // biome-ignore lint/a11y/noAutofocus: everything else is behind it
          autoFocus
          onClick={() => tell('leaveNow')}
        >
          Quit without waiting
        </button>
      </div>
    </div>
  );
}
