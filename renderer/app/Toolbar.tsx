/** The toolbar: the menu, and what is done with a run. */

import './toolbar.css';
import { Menu, Play, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../bridge.ts';
import { runFile } from '../editor/run.ts';
import { showMenu } from './commands.ts';
import { keepFocus } from './focus.ts';
import { StopButton } from './StopButton.tsx';
import { useSituation } from './situation.ts';

export function Toolbar() {
  const started = useSituation(({ unstarted }) => !unstarted);
  return (
    <header className="toolbar">
      <button
        type="button"
        className="button"
        title="All commands and their keys"
        onMouseDown={keepFocus}
        onClick={(event) => showMenu(event.currentTarget)}
      >
        <Menu size={16} aria-hidden />
        <span className="label">Menu</span>
      </button>
      <span className="space" />
      <Button label="Run file" title="Run the whole script (F5)" enabled={started} primary onPress={runFile}>
        <Play size={14} aria-hidden />
      </Button>
      <StopButton />
      <Button
        label="Restart"
        title="End this Python and start anew; its names are lost (Ctrl+Shift+F5)"
        onPress={() => void call('restart')}
      >
        <RotateCw size={14} aria-hidden />
      </Button>
    </header>
  );
}

interface ButtonProps {
  label: string;
  title: string;
  enabled?: boolean;
  primary?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Button({ label, title, enabled = true, primary = false, onPress, children }: ButtonProps) {
  return (
    <button
      type="button"
      className={primary ? 'button primary' : 'button'}
      title={title}
      disabled={!enabled}
      onMouseDown={keepFocus}
      onClick={onPress}
    >
      {children}
      <span className="label">{label}</span>
    </button>
  );
}
