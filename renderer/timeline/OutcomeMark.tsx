/** How a run ended, where it was not fine: ✕ raised, ■ interrupted. Drawn, because fonts draw them differently. */

import type { StateRow } from '../../electron/contract/state-news.ts';

export function OutcomeMark({ outcome }: { outcome: StateRow['outcome'] }) {
  if (outcome !== 'raised' && outcome !== 'interrupted') return null;
  return (
    <svg className={`outcome ${outcome}`} width="8" height="8" viewBox="0 0 8 8" aria-hidden>
      {outcome === 'raised' ? (
        <path d="M1 1l6 6M7 1l-6 6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      ) : (
        <rect x="1" y="1" width="6" height="6" fill="currentColor" />
      )}
    </svg>
  );
}
