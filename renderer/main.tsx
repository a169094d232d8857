/** The renderer: asks for what is there, and shows it. */

import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { beginArrangement, followSize } from './app/arrangement.ts';
import { obeyMenu } from './app/commands.ts';
import { followSituation } from './app/situation.ts';
import { call } from './bridge.ts';
import { openTerminal, speedUpTerminal } from './console/terminal.ts';
import { openEditor } from './editor/editor.ts';
import { runPiece } from './editor/run.ts';
import { beginScript, keepScript } from './editor/script.ts';
import { followCards } from './saved/cursor.ts';
import { followSaved } from './saved/saved.ts';
import { followTheme } from './theme/following.ts';
import { loadCodeFont } from './theme/fonts.ts';
import { followCurrent } from './timeline/cursor.ts';
import { followStates } from './timeline/states.ts';

async function begin(): Promise<void> {
  followTheme();
  await loadCodeFont();
  const terminal = openTerminal();
  const editor = openEditor(() => void runPiece());
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
  beginScript(script);
  keepScript();
  obeyMenu();
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App editor={editor} terminal={terminal} />);
}

void begin();
