/** The window: toolbar, panes, status line. */

import './window.css';
import { useRoom } from './arrangement.ts';
import { Panes } from './Panes.tsx';
import { StatusLine } from './StatusLine.tsx';
import { Toolbar } from './Toolbar.tsx';

export interface Elements {
  editor: HTMLElement;
  terminal: HTMLElement;
}

export function App(elements: Elements) {
  const editorShown = useRoom((room) => room.editorShown);
  return (
    <div className="window">
      {editorShown && <Toolbar />}
      <Panes {...elements} />
      <StatusLine />
    </div>
  );
}
