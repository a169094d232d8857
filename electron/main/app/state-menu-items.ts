/** The menu's items that go from state to state; each is there while it can be done. */

import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { TreePosition } from '../../contract/state-news.ts';
import type { TransferProgress } from '../checkpoints/transfer-progress.ts';
import type { Repl } from '../session/repl.ts';

interface Item {
  label: string;
  line: string;
  accelerator?: string;
  isPossible: (position: TreePosition, transfers: TransferProgress) => boolean;
}

const ITEMS: readonly Item[] = [
  {
    label: 'Undo run',
    line: '%undo',
    accelerator: 'CmdOrCtrl+Alt+Z',
    isPossible: ({ undo }) => undo !== null,
  },
  {
    label: 'Redo run',
    line: '%redo',
    accelerator: 'CmdOrCtrl+Alt+Shift+Z',
    isPossible: ({ redo }) => redo !== null,
  },
  { label: 'Begin transaction', line: '%begin', isPossible: ({ able }) => able },
  { label: 'Commit', line: '%commit', isPossible: ({ transactions }) => transactions.length > 0 },
  { label: 'Roll back', line: '%rollback', isPossible: ({ transactions }) => transactions.length > 0 },
  {
    label: 'Re-run what did not come back',
    line: '%rebuild',
    accelerator: 'CmdOrCtrl+Alt+R',
    isPossible: (_standing, { restored }) => restored !== null && restored.runs.length > 0,
  },
];

export function stateItems(repl: Repl): MenuItemConstructorOptions[] {
  return ITEMS.map(({ label, line, accelerator }) => ({
    id: line,
    label,
    enabled: false,
    click: () => repl.command(line),
    ...(accelerator && { accelerator }),
  }));
}

/** Bring them in line with how the session stands. */
export function refreshItems({ situation, stateFeed }: Repl, transfers: TransferProgress): void {
  const rests = situation.state === 'idle' || situation.state === 'moving';
  for (const { line, isPossible } of ITEMS) {
    const item = Menu.getApplicationMenu()?.getMenuItemById(line);
    if (item) item.enabled = rests && isPossible(stateFeed.position, transfers);
  }
}
