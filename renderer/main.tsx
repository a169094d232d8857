/** The renderer: asks for what is there, and shows it. */

import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { obeyMenu } from './app/commands.ts';
import { followCards } from './checkpoints/card-cursor.ts';
import { followSaved } from './checkpoints/saved-sessions.ts';
import { openTerminal, speedUpTerminal } from './console/xterm.ts';
import { beginScript, keepScript } from './editor/open-script.ts';
import { runPiece } from './editor/run.ts';
import { openEditor } from './editor/script-editor.ts';
import { beginArrangement, followSize } from './model/arrangement.ts';
import { background, followFailures } from './model/background.ts';
import { call } from './model/main-bridge.ts';
import { followSituation } from './model/session-situation.ts';
import { followTheme } from './theme/following.ts';
import { loadCodeFont } from './theme/fonts.ts';
import { followStates } from './timeline/session-states.ts';
import { followCurrent } from './timeline/state-cursor.ts';
import { followVariables } from './variables/variables.ts';

async function begin(): Promise<void> {
  followTheme();
  await loadCodeFont();
  const terminal = openTerminal();
  const editor = openEditor(() => background(runPiece(), 'running a statement'));
  const opening = await call('open');
  const { situation, states, script, arrangement, platform, hasGraphicsCard } = opening;
  if (hasGraphicsCard) speedUpTerminal();
  document.documentElement.dataset.platform = platform;
  followSituation(situation);
  followStates(states);
  followCurrent();
  followSaved(opening);
  followCards();
  beginArrangement(arrangement);
  followSize();
  followVariables();
  beginScript(script);
  keepScript();
  obeyMenu();
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App editor={editor} terminal={terminal} />);
}

followFailures();
background(begin(), 'beginning');
