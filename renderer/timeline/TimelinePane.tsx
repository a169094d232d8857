/** The timeline: every state of the session, newest at the bottom, and the way to each. */

import { StateDetail } from './StateDetail.tsx';
import { StateList } from './StateList.tsx';
import { useStates } from './session-states.ts';
import { heldWords } from './state-words.ts';
import { leaveOnEscape } from './timeline-keys.ts';

export function TimelinePane() {
  const isEmpty = useStates(({ rows }) => rows.length < 2);
  return (
    <section className="pane timeline" aria-label="Timeline" data-testid="timeline" onKeyDown={leaveOnEscape}>
      {isEmpty ? (
        <Nothing />
      ) : (
        <>
          <StateList />
          <StateDetail />
        </>
      )}
    </section>
  );
}

function Nothing() {
  const able = useStates((states) => states.able);
  if (!able)
    return <p className="nothing">This Python keeps no copies of its states, so no run can be undone.</p>;
  return (
    <p className="nothing" tabIndex={-1}>
      Each run leaves a state here that you can go back to; <kbd>Enter</kbd> in the console makes the first.
    </p>
  );
}

/** How many states there are, and what they hold, in the rail's head. */
export function Held() {
  const words = useStates(heldWords);
  const isEmpty = useStates(({ rows }) => rows.length < 2);
  if (isEmpty) return null;
  return (
    <span
      className="held cut"
      title="States that can be gone to, and the memory that they hold beside the live one"
    >
      {words}
    </span>
  );
}
