/** Says that the window goes when the session is saved, or that it could not be saved, and asks what then. */

import './closing.css';
import { type ReactNode, useEffect, useState } from 'react';
import { sizeText } from '../../electron/wording/sizes.ts';
import { useMoment } from '../checkpoints/saved-sessions.ts';
import { on, tell } from '../model/main-bridge.ts';

/** `null` where the window does not go; else why the session could not be saved, empty where nobody knows yet. */
type Closing = string | null;

export function Closing() {
  const [closing, setClosing] = useState<Closing>(null);
  useEffect(() => on('closing', (failure) => setClosing(failure ?? '')), []);
  if (closing === null) return null;
  return closing === '' ? <Saving /> : <Failure words={closing} />;
}

function Saving() {
  const progress = useMoment(({ transfer }) => transfer?.progress);
  const far = progress && [progress.bytes > 0 && sizeText(progress.bytes), progress.name].filter(Boolean);
  return (
    <Curtain label="Saving">
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
    </Curtain>
  );
}

function Failure({ words }: { words: string }) {
  return (
    <Curtain label="Not saved">
      <p role="alert">The session could not be saved</p>
      <p className="why">{words}</p>
      <div className="choices">
        <button type="button" className="button" onClick={() => tell('leaveNow')}>
          Quit without saving
        </button>
        <button
          type="button"
          className="button primary"
          // biome-ignore lint/a11y/noAutofocus: everything else is behind it
          autoFocus
          onClick={() => tell('saveAgain')}
        >
          Try again
        </button>
      </div>
    </Curtain>
  );
}

function Curtain({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="closing" role="dialog" aria-label={label} data-testid="closing">
      <div className="words">{children}</div>
    </div>
  );
}
