/** The right rail with its tabs, docked beside the work or as a drawer over it. */

import './rail.css';
import { useRef } from 'react';
import { keysOf } from '../../electron/wording/keys.ts';
import { CheckpointsPane } from '../checkpoints/CheckpointsPane.tsx';
import { noteKeyboard } from '../console/pane-focus.ts';
import { hideDrawer, hideRail, type RailTab, showTab, useRoom } from '../model/arrangement.ts';
import { Held, TimelinePane } from '../timeline/TimelinePane.tsx';
import { CloseButton } from '../ui/CloseButton.tsx';
import { keepFocus } from '../ui/focus.ts';
import { VariablesPane } from '../variables/VariablesPane.tsx';

const TABS: readonly { tab: RailTab; label: string; title: string }[] = [
  {
    tab: 'variables',
    label: 'Variables',
    title: `What the names stand for (${keysOf('go to variables')})`,
  },
  { tab: 'timeline', label: 'Timeline', title: `The states of this session (${keysOf('go to timeline')})` },
  { tab: 'saved', label: 'Saved', title: `Sessions on disk (${keysOf('go to saved')})` },
];

export function Rail() {
  const front = useRoom((room) => room.railFront);
  return (
    <aside className="rail" data-testid="rail" onFocus={noteKeyboard}>
      <Head front={front} />
      <Pane front={front} />
    </aside>
  );
}

function Pane({ front }: { front: RailTab }) {
  if (front === 'variables') return <VariablesPane />;
  return front === 'timeline' ? <TimelinePane /> : <CheckpointsPane />;
}

function Head({ front }: { front: RailTab }) {
  return (
    <header className="head">
      <div className="rail-tabs" role="tablist">
        {TABS.map(({ tab, label, title }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            className="tab"
            title={title}
            aria-selected={front === tab}
            onMouseDown={keepFocus}
            onClick={() => showTab(tab)}
          >
            {label}
          </button>
        ))}
      </div>
      <span className="space" />
      {front === 'timeline' && <Held />}
      <CloseButton label="Hide the side panel" size={14} onPress={hideRail} />
    </header>
  );
}

/** Over the work, where there is no room beside it; a press anywhere else puts it away. */
export function Drawer() {
  const curtain = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={curtain} className="curtain" aria-hidden onMouseDown={hideDrawer} />
      <div className="drawer">
        <Rail />
      </div>
    </>
  );
}
