/** The editor's pane: the script's tab, unless the pane is one itself, and its text. */

import { Portal } from '../ui/Portal.tsx';
import { ScriptName } from './ScriptName.tsx';

export function EditorPane({ editor, tabbed = false }: { editor: HTMLElement; tabbed?: boolean }) {
  return (
    <section className="pane" aria-label="Editor" data-pane="editor">
      {!tabbed && (
        <div className="tabs">
          <div className="tab" aria-current="true" data-testid="script">
            <ScriptName />
          </div>
        </div>
      )}
      <Portal element={editor} />
    </section>
  );
}
