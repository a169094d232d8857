/** The window: toolbar, panes, status line. */

import './window.css';
import { useState } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { RAIL_WIDTH_PX, useDocked, useRoom } from '../model/arrangement.ts';
import { Closing } from './Closing.tsx';
import { type Elements, Panes } from './Panes.tsx';
import { Drawer, Rail } from './Rail.tsx';
import { StatusLine } from './StatusLine.tsx';
import { Toolbar } from './Toolbar.tsx';

const LEAST_WORK_PX = 360;
const LEAST_RAIL_PX = 240;
const MOST_RAIL_PX = 640;

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

/** The panes, and the rail beside them or over them. */
function Work(elements: Elements) {
  const docked = useDocked();
  const railShown = useRoom((room) => room.railShown);
  const drawerShown = useRoom((room) => room.drawerShown);
  return (
    <main className="work">
      <Group orientation="horizontal" resizeTargetMinimumSize={{ fine: 8, coarse: 20 }}>
        <Panel id="panes" minSize={docked && railShown ? LEAST_WORK_PX : 0}>
          <Panes {...elements} />
        </Panel>
        {docked && railShown && <Docked />}
      </Group>
      {!docked && drawerShown && <Drawer />}
    </main>
  );
}

function Docked() {
  const panel = usePanelRef();
  // As wide as it was; what is dragged later must not come back as another wish while the drag goes on.
  const [width] = useState(() => useRoom.getState().railWidth);
  return (
    <>
      <Separator
        className="separator upright"
        aria-label="Width of the side panel"
        disableDoubleClick
        onDoubleClick={() => panel.current?.resize(RAIL_WIDTH_PX)}
      />
      <Panel
        id="side"
        panelRef={panel}
        defaultSize={width}
        minSize={LEAST_RAIL_PX}
        maxSize={MOST_RAIL_PX}
        groupResizeBehavior="preserve-pixel-size"
        onResize={({ inPixels }) => useRoom.setState({ railWidth: Math.round(inPixels) })}
      >
        <Rail />
      </Panel>
    </>
  );
}
