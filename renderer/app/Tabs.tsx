/** Editor and console as tabs, where the window is too low for both. */

import type { ReactNode } from 'react';
import { ScriptName } from '../editor/EditorPane.tsx';
import { type Pane, useRoom } from '../model/arrangement.ts';
import { goToConsole, goToEditor } from './commands.ts';

const TABS: readonly { pane: Pane; label: ReactNode; go: () => void }[] = [
  { pane: 'editor', label: <ScriptName />, go: goToEditor },
  { pane: 'console', label: 'Console', go: goToConsole },
];

export function Tabs() {
  const front = useRoom((room) => room.front);
  return (
    <div className="tabs" role="tablist">
      {TABS.map(({ pane, label, go }) => (
        <button
          key={pane}
          type="button"
          role="tab"
          className="tab"
          aria-selected={front === pane}
          onClick={go}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
