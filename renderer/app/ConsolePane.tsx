/** The console's pane: the terminal, or why there is no Python to talk to. */

import '../console/console.css';
import type { MouseEvent } from 'react';
import { StartFailure } from '../console/StartFailure.tsx';
import { focusTerminal } from '../console/xterm.ts';
import { useSituation } from '../model/session-situation.ts';
import { Notices } from '../notices/Notices.tsx';
import { TransactionBanner } from '../timeline/TransactionBanner.tsx';
import { Portal } from '../ui/Portal.tsx';

export function ConsolePane({ terminal }: { terminal: HTMLElement }) {
  const failed = useSituation(({ state, unstarted }) => state === 'ended' && unstarted);
  return (
    <section className="pane console" aria-label="Console" onMouseUp={takeFocus}>
      {!failed && <Notices />}
      {!failed && <TransactionBanner />}
      {failed ? <StartFailure /> : <Portal element={terminal} />}
    </section>
  );
}

/** The margin around the terminal is the terminal's too. */
function takeFocus({ target, currentTarget }: MouseEvent): void {
  if (target instanceof Element && (target === currentTarget || target.classList.contains('screen')))
    focusTerminal();
}
