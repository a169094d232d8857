/** Editor and console: one above the other, one behind the other where the window is low, or the console alone. */

import './panes.css';
import { useEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { focusTerminal } from '../console/xterm.ts';
import { EditorPane } from '../editor/EditorPane.tsx';
import { EDITOR_SHARE, useRoom } from '../model/arrangement.ts';
import { isAsking } from '../notices/Notice.tsx';
import { ConsolePane } from './ConsolePane.tsx';
import { Tabs } from './Tabs.tsx';

/** What Monaco and xterm draw into: they outlive every layout. */
export interface Elements {
  editor: HTMLElement;
  terminal: HTMLElement;
}

/** Less than this shows too little of a pane to be of use. */
const LEAST_PX = 96;

export function Panes({ editor, terminal }: Elements) {
  const { low, front, editorShown } = useRoom();
  useEffect(focusFirst, []);
  if (!editorShown) return <ConsolePane terminal={terminal} />;
  if (!low) return <Stack editor={editor} terminal={terminal} />;
  return (
    <div className="tabbed">
      <Tabs />
      {front === 'editor' ? <EditorPane editor={editor} tabbed /> : <ConsolePane terminal={terminal} />}
    </div>
  );
}

/** The keyboard is the console's at the start, unless something is asked over it. */
function focusFirst(): void {
  if (!isAsking()) focusTerminal();
}

function Stack({ editor, terminal }: Elements) {
  const share = useRoom.getState().editorShare;
  return (
    <Group
      orientation="vertical"
      className="stack"
      resizeTargetMinimumSize={{ fine: 8, coarse: 20 }}
      defaultLayout={{ upper: share, lower: 100 - share }}
      onLayoutChanged={(layout, { isUserInteraction }) => {
        if (isUserInteraction) useRoom.setState({ editorShare: layout.upper ?? EDITOR_SHARE });
      }}
    >
      <Panel id="upper" defaultSize={`${EDITOR_SHARE}%`} minSize={LEAST_PX}>
        <EditorPane editor={editor} />
      </Panel>
      <Separator className="separator" aria-label="Share of editor and console" />
      <Panel id="lower" minSize={LEAST_PX}>
        <ConsolePane terminal={terminal} />
      </Panel>
    </Group>
  );
}
