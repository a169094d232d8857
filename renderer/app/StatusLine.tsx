/** The line at the bottom: which Python, where, and what it is doing. */

import './status.css';
import { useSituation } from '../model/session-situation.ts';
import { formatSeconds, identityWords, stateWords } from '../model/situation-words.ts';
import { useStates } from '../timeline/session-states.ts';
import { heldWords } from '../timeline/state-words.ts';
import { useElapsed } from '../ui/elapsed.ts';
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
      {elapsed >= SHOW_ABOVE_S && <span className="clock">· {formatSeconds(elapsed)}</span>}
      {held && <span className="held cut">· {held}</span>}
    </footer>
  );
}
