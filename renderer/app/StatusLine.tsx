/** The line at the bottom: which Python, where, and what it is doing. */

import './status.css';
import { useEffect, useState } from 'react';
import { durationText } from '../../electron/wording/times.ts';
import { useSituation } from '../model/session-situation.ts';
import { identityWords, stateWords } from '../model/situation-words.ts';
import { useStates } from '../timeline/session-states.ts';
import { heldWords } from '../timeline/state-words.ts';
import { StateMark } from '../ui/StateMark.tsx';

/** A shorter run needs no clock. */
const SHOW_ABOVE_S = 1;

export function StatusLine() {
  const situation = useSituation();
  const elapsed = useElapsed(situation.since) ?? situation.seconds ?? 0;
  const held = useStates((states) => (states.rows.length > 1 ? heldWords(states) : ''));
  const words = stateWords(situation);
  return (
    <footer className="status" data-testid="status" data-state={situation.state}>
      <StateMark state={situation.state} />
      <span className="cut" title={situation.executable ?? ''}>
        {identityWords(situation)}
      </span>
      <span className="space" />
      <span className="cut" role="status" title={words}>
        {words}
      </span>
      {elapsed >= SHOW_ABOVE_S && <span className="clock">· {durationText(elapsed)}</span>}
      {held && <span className="held cut">· {held}</span>}
    </footer>
  );
}

/** The clock shows tenths of a second in the first minute. */
const TICK_MS = 100;

/** Seconds since that moment; `null` without one. */
/** A clock for the run that goes on. */
export function useElapsed(since: number | null): number | null {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (since === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [since]);
  return since === null ? null : Math.max(0, now - since) / 1000;
}
