/** What is known of the state that is looked at, and what going there would change. */

import '../app/detail.css';
import { Pencil } from 'lucide-react';
import type { StateRow } from '../../electron/contract/state-news.ts';
import { isReachable, lineTo } from '../../electron/contract/state-tree.ts';
import { call } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { hindrance } from '../model/situation-words.ts';
import { CloseButton } from '../ui/CloseButton.tsx';
import { keepFocus } from '../ui/focus.ts';
import { NameField } from '../ui/NameField.tsx';
import { DifferenceList } from './DifferenceList.tsx';
import { focusList } from './keyboard.ts';
import { useStates } from './session-states.ts';
import { beginNaming, go, rest, useCursor } from './state-cursor.ts';
import { codeOf } from './state-words.ts';
import { Weight } from './Weight.tsx';

export function StateDetail() {
  const { current, byId } = useStates();
  const { active, shown, naming } = useCursor();
  const row = byId.get(active ?? current);
  if (!shown || !row) return null;
  const isCurrent = row.id === current;
  return (
    <section className="detail" aria-label="State" data-testid="state">
      {naming ? <Naming row={row} /> : <Heading row={row} />}
      <p className={row.run === null ? 'cut' : 'code cut'} title={row.code}>
        {codeOf(row)}
      </p>
      <div className="changes" aria-live="polite">
        {isCurrent ? <p>The session is here.</p> : <DifferenceList row={row} />}
        {row.copy === 'frozen' && <Weight state={row.id} />}
      </div>
      {!isCurrent && (isReachable(row) ? <GoHere row={row} /> : <WhyNot row={row} />)}
    </section>
  );
}

function Naming({ row }: { row: StateRow }) {
  return (
    <NameField
      name={row.name}
      placeholder={`Name of state ${row.id}`}
      keep={(name) => call('nameState', row.id, name)}
      close={(hadFocus) => {
        if (hadFocus) focusList();
        useCursor.setState({ naming: false });
      }}
    />
  );
}

function Heading({ row }: { row: StateRow }) {
  return (
    <header>
      <h3 className="cut">{row.name ?? (row.run === null ? 'Start' : `After run ${row.run}`)}</h3>
      <span className="identity">state {row.id}</span>
      <span className="space" />
      <button
        type="button"
        className="button small"
        title="Give this state a name; it is then kept longest (F2)"
        onMouseDown={keepFocus}
        onClick={beginNaming}
      >
        <Pencil size={12} aria-hidden />
        {row.name === null ? 'Name' : 'Rename'}
      </button>
      <CloseButton title="Close (Escape)" onPress={rest} />
    </header>
  );
}

function GoHere({ row }: { row: StateRow }) {
  const why = useSituation(hindrance);
  return (
    <footer>
      <button
        type="button"
        className="button small primary"
        title={why ?? 'Make this the live state (Enter)'}
        disabled={why !== null}
        data-testid="go"
        onMouseDown={keepFocus}
        onClick={() => go(row.id)}
      >
        Go here
      </button>
      <span className="hint cut">{why ?? 'or Enter, or a second click'}</span>
    </footer>
  );
}

function WhyNot({ row }: { row: StateRow }) {
  const { byId, current } = useStates();
  const near = lineTo(byId, row.id).find((other) => isReachable(other));
  const nearest = near && near.id !== current ? near : undefined;
  return (
    <footer className="why">
      <p>
        There is no copy of this state{row.reason ? `: ${row.reason}` : ''}.
        {nearest && (
          <>
            {' '}
            <button
              type="button"
              className="link"
              onMouseDown={keepFocus}
              onClick={() => useCursor.setState({ active: nearest.id })}
            >
              Show the nearest before it
            </button>
          </>
        )}
      </p>
    </footer>
  );
}
