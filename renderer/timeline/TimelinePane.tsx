/** The timeline: every state of the session, newest at the bottom, and the way to each. */

import './timeline.css';
import { X } from 'lucide-react';
import { hideRail } from '../app/arrangement.ts';
import { keepFocus } from '../app/focus.ts';
import { noteKeyboard } from './keyboard.ts';
import { leaveOnEscape } from './keys.ts';
import { StateDetail } from './StateDetail.tsx';
import { StateList } from './StateList.tsx';
import { useStates } from './states.ts';
import { heldWords } from './words.ts';

export function TimelinePane() {
  const isEmpty = useStates(({ rows }) => rows.length < 2);
  return (
    <section
      className="pane timeline"
      aria-label="Timeline"
      data-testid="timeline"
      onFocus={noteKeyboard}
      onKeyDown={leaveOnEscape}
    >
      <Header />
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

function Header() {
  const words = useStates(heldWords);
  const isEmpty = useStates(({ rows }) => rows.length < 2);
  return (
    <header className="head">
      <h2>Timeline</h2>
      <span className="space" />
      {!isEmpty && (
        <span
          className="held cut"
          title="States that can be gone to, and the memory that they hold beside the live one"
        >
          {words}
        </span>
      )}
      <button
        type="button"
        className="button small bare"
        title="Hide the timeline (Ctrl+Shift+T)"
        aria-label="Hide the timeline"
        onMouseDown={keepFocus}
        onClick={hideRail}
      >
        <X size={14} aria-hidden />
      </button>
    </header>
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
