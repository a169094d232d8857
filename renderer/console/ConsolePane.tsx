/** The console's pane: the terminal, or why there is no Python to talk to. */

import './console.css';
import type { MouseEvent } from 'react';
import { Host } from '../app/Host.tsx';
import { useSituation } from '../app/situation.ts';
import { Notices } from '../saved/Notices.tsx';
import { StartFailure } from './StartFailure.tsx';
import { TransactionBanner } from './TransactionBanner.tsx';
import { focusTerminal } from './terminal.ts';

export function ConsolePane({ terminal }: { terminal: HTMLElement }) {
  const failed = useSituation(({ state, unstarted }) => state === 'ended' && unstarted);
  return (
    <section className="pane console" aria-label="Console" onMouseUp={takeFocus}>
      {!failed && <Notices />}
      {!failed && <TransactionBanner />}
      {failed ? <StartFailure /> : <Host element={terminal} />}
    </section>
  );
}

/** The margin around the terminal is the terminal's too. */
function takeFocus({ target, currentTarget }: MouseEvent): void {
  if (target instanceof Element && (target === currentTarget || target.classList.contains('screen')))
    focusTerminal();
}
