/** The editor's pane: the script's tab, unless the pane is one itself, and its text. */

import { Portal } from '../ui/Portal.tsx';
import { nameOf, useScript } from './open-script.ts';

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

/** The script's name, and whether something of it is not saved. */
export function ScriptName() {
  const { path, changed } = useScript();
  return (
    <>
      <span title={path ?? 'Not saved yet; kept as a draft'}>{nameOf(path)}</span>
      {changed && <span className="changed" role="img" aria-label="not saved" />}
    </>
  );
}
