/** The window: toolbar, panes, status line. */

import './window.css';
import { useRoom } from '../model/arrangement.ts';
import { Closing } from './Closing.tsx';
import type { Elements } from './Panes.tsx';
import { StatusLine } from './StatusLine.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Work } from './Work.tsx';

export function App(elements: Elements) {
  const editorShown = useRoom((room) => room.editorShown);
  return (
    <div className="window">
      {editorShown && <Toolbar />}
      <Work {...elements} />
      <StatusLine />
      <Closing />
    </div>
  );
}
