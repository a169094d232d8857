/** Why Python could not be started, and what to do about it. */

import { useEffect } from 'react';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { focusTerminal } from './xterm.ts';

export function StartFailure() {
  const { executable, reason } = useSituation();
  // The terminal comes back in our place, and the keyboard with it.
  useEffect(() => () => void requestAnimationFrame(focusTerminal), []);
  return (
    <div className="empty" role="alert" data-testid="failure">
      <h2>Python could not be started</h2>
      {executable && !reason?.includes(executable) && <p className="code">{executable}</p>}
      <p>{reason}</p>
      <p>
        <button type="button" className="button primary" onClick={() => tell('chooseInterpreter')}>
          Choose interpreter…
        </button>
        <button type="button" className="button" onClick={() => tell('restart')}>
          Try again
        </button>
      </p>
    </div>
  );
}
