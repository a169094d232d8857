/** The toolbar: the menu, what is done with a run, and what is shown beside it. */

import './toolbar.css';
import { Archive, Braces, History, Menu, Play, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { keysOf } from '../../electron/wording/keys.ts';
import { runFile } from '../editor/run.ts';
import { type RailTab, toggleTab, useTabShown } from '../model/arrangement.ts';
import { tell } from '../model/main-bridge.ts';
import { useSituation } from '../model/session-situation.ts';
import { Button } from '../ui/Button.tsx';
import { keepFocus } from '../ui/focus.ts';
import { showMenu } from './commands.ts';
import { StopButton } from './StopButton.tsx';
import { UndoButtons } from './UndoButtons.tsx';

export function Toolbar() {
  const started = useSituation(({ unstarted }) => !unstarted);
  return (
    <header className="toolbar">
      <button
        type="button"
        className="button"
        title="All commands and their keys"
        aria-label="Menu"
        onMouseDown={keepFocus}
        onClick={(event) => showMenu(event.currentTarget)}
      >
        <Menu size={16} aria-hidden />
        <span className="label">Menu</span>
      </button>
      <span className="space" />
      <Button
        label="Run file"
        title={`Run the whole script (${keysOf('run file')})`}
        enabled={started}
        primary
        onPress={runFile}
      >
        <Play size={14} aria-hidden />
      </Button>
      <StopButton />
      <UndoButtons />
      <span className="space" />
      <RestartButton />
      <TabButton
        tab="variables"
        label="Variables"
        what={`what the names stand for (${keysOf('go to variables')})`}
      >
        <Braces size={14} aria-hidden />
      </TabButton>
      <TabButton
        tab="timeline"
        label="Timeline"
        what={`the timeline of states (${keysOf('toggle timeline')})`}
      >
        <History size={14} aria-hidden />
      </TabButton>
      <TabButton tab="saved" label="Saved" what={`the saved sessions (${keysOf('go to saved')})`}>
        <Archive size={14} aria-hidden />
      </TabButton>
    </header>
  );
}

interface TabButtonProps {
  tab: RailTab;
  label: string;
  what: string;
  children: ReactNode;
}

function TabButton({ tab, label, what, children }: TabButtonProps) {
  const isShown = useTabShown(tab);
  return (
    <Button
      label={label}
      title={`${isShown ? 'Hide' : 'Show'} ${what}`}
      pressed={isShown}
      className="narrow"
      onPress={() => toggleTab(tab)}
    >
      {children}
    </Button>
  );
}

function RestartButton() {
  const ended = useSituation(({ state }) => state === 'ended');
  const title = ended
    ? 'Start Python again'
    : 'Go back to the start, with no names; the states before stay in the timeline';
  return (
    <Button
      label="Restart"
      title={`${title} (${keysOf('restart')})`}
      className="narrow"
      onPress={() => tell('restart')}
    >
      <RotateCw size={14} aria-hidden />
    </Button>
  );
}
