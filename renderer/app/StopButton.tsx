/** The button that says what its next press does, always at the same place and as wide. */

import { Square } from 'lucide-react';
import type { Situation } from '../../electron/contract/bridge.ts';
import { call } from '../bridge.ts';
import { keepFocus } from './focus.ts';
import { useSituation } from './situation.ts';

const STEPS: Record<Situation['stop'], { label: string; title: string }> = {
  interrupt: { label: 'Interrupt', title: 'Raise KeyboardInterrupt in the run (Ctrl+.)' },
  insist: { label: 'Interrupt again', title: 'The run has not stopped yet: interrupt it once more (Ctrl+.)' },
  kill: { label: 'Kill Python', title: 'The run does not stop: end Python, and lose its names (Ctrl+.)' },
};

export function StopButton() {
  const { state, stop } = useSituation();
  const busy = state === 'running' || state === 'asking';
  const { label, title } = STEPS[stop];
  return (
    <button
      type="button"
      className={stop === 'kill' ? 'button stop grave' : 'button stop'}
      title={busy ? title : 'Nothing is running'}
      disabled={!busy}
      data-testid="stop"
      onMouseDown={keepFocus}
      onClick={() => void call('stop')}
    >
      <Square size={12} fill="currentColor" aria-hidden />
      {label}
    </button>
  );
}
