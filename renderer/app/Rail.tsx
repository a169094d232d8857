/** The right rail, docked beside the work or as a drawer over it. */

import './rail.css';
import { useRef } from 'react';
import { TimelinePane } from '../timeline/TimelinePane.tsx';
import { hideDrawer } from './arrangement.ts';

export function Rail() {
  return (
    <aside className="rail" data-testid="rail">
      <TimelinePane />
    </aside>
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
