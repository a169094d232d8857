/** The console's pane: the terminal, or why there is no Python to talk to. */

import '../console/console.css';
import type { MouseEvent } from 'react';
import { useMoment, useSaved } from '../checkpoints/saved-sessions.ts';
import { StartFailure } from '../console/StartFailure.tsx';
import { focusTerminal } from '../console/xterm.ts';
import { useFailure } from '../model/background.ts';
import { useSituation } from '../model/session-situation.ts';
import { FailureNotice } from '../notices/FailureNotice.tsx';
import { ForeignFileNotice } from '../notices/ForeignFileNotice.tsx';
import { OfferNotice } from '../notices/OfferNotice.tsx';
import { RestoreNotice } from '../notices/RestoreNotice.tsx';
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

/** What there is to be said over the console, of failures and of saved sessions: one thing at a time. */
export function Notices() {
  const { foreign, restored } = useMoment();
  const offers = useSaved((saved) => saved.offers);
  const failure = useFailure(({ words }) => words);
  if (failure !== null) return <FailureNotice words={failure} />;
  if (foreign) return <ForeignFileNotice key={foreign.file} foreign={foreign} />;
  if (restored) return <RestoreNotice key={restored.card.id} restored={restored} />;
  return offers.length > 0 ? <OfferNotice offers={offers} /> : null;
}
