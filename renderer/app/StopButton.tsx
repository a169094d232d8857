/** The button that says what its next press does, always at the same place and as wide. */

import { Square } from 'lucide-react';
import type { Situation } from '../../electron/contract/bridge.ts';
import { keysOf } from '../../electron/wording/keys.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { stopWords } from '../model/situation-words.ts';
import { keepFocus } from '../ui/focus.ts';

export function StopButton() {
  const situation = useSituation();
  const busy = isBusy(situation);
  const { label, title } = stopWords(situation);
  return (
    <button
      type="button"
      className={situation.stop === 'kill' ? 'button stop grave' : 'button stop'}
      title={busy ? `${title} (${keysOf('interrupt')})` : 'Nothing is running'}
      disabled={!busy}
      data-testid="stop"
      onMouseDown={keepFocus}
      onClick={() => tell('stop')}
    >
      <Square size={12} fill="currentColor" aria-hidden />
      {label}
    </button>
  );
}

function isBusy({ state }: Situation): boolean {
  return state === 'running' || state === 'asking' || state === 'saving';
}
