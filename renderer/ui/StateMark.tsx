/** The session's state as a shape: ● idle, ◐ running, ? asking, ❄ moving, ✕ ended. Drawn, because fonts draw them differently. */

import type { ReactNode } from 'react';
import type { Situation } from '../../electron/contract/bridge.ts';

const DISC = <circle cx="6" cy="6" r="4" fill="currentColor" />;
const RING = <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" />;

const SHAPES: Record<Situation['state'], ReactNode> = {
  starting: RING,
  idle: DISC,
  running: (
    <>
      {RING}
      <path d="M6 2.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
    </>
  ),
  asking: (
    <path
      d="M3.6 4.2a2.4 2.4 0 1 1 3.6 2.1c-.8.45-1.2.8-1.2 1.7M6 9.9v.9"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
    />
  ),
  saving: (
    <>
      {RING}
      <path d="M6 8.5V3.5M3.9 6.4L6 8.5l2.1-2.1" fill="none" stroke="currentColor" />
    </>
  ),
  moving: (
    <path
      d="M6 1.5v9M2.1 3.75l7.8 4.5M9.9 3.75l-7.8 4.5"
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinecap="round"
    />
  ),
  ended: <path d="M3 3l6 6M9 3l-6 6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />,
};

export function StateMark({ state }: { state: Situation['state'] }) {
  return (
    <svg className={`mark ${state}`} width="12" height="12" viewBox="0 0 12 12" role="img" aria-label={state}>
      {SHAPES[state]}
    </svg>
  );
}
