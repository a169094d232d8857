/** The menu's items that go from state to state; each is there while it can be done. */

import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { TreePosition } from '../../contract/state-news.ts';
import { acceleratorOf } from '../../wording/keys.ts';
import type { TransferProgress } from '../checkpoints/transfer-progress.ts';
import type { Repl } from '../session/repl.ts';

interface Item {
  label: string;
  id: string;
  act: (repl: Repl) => void;
  accelerator?: string;
  isPossible: (position: TreePosition, transfers: TransferProgress) => boolean;
}

const ITEMS: readonly Item[] = [
  {
    label: 'Undo run',
    id: 'undo run',
    act: (repl) => repl.undo(),
    accelerator: acceleratorOf('undo'),
    isPossible: ({ undo }) => undo !== null,
  },
  {
    label: 'Redo run',
    id: 'redo run',
    act: (repl) => repl.redo(),
    accelerator: acceleratorOf('redo'),
    isPossible: ({ redo }) => redo !== null,
  },
  {
    label: 'Begin transaction',
    id: 'begin transaction',
    act: (repl) => repl.beginTransaction(),
    isPossible: ({ able }) => able,
  },
  {
    label: 'Commit',
    id: 'commit',
    act: (repl) => repl.commit(),
    isPossible: ({ transactions }) => transactions.length > 0,
  },
  {
    label: 'Roll back',
    id: 'roll back',
    act: (repl) => repl.rollback(),
    isPossible: ({ transactions }) => transactions.length > 0,
  },
  {
    label: 'Re-run what did not come back',
    id: 'rebuild',
    act: (repl) => repl.rebuild(),
    accelerator: acceleratorOf('rebuild'),
    isPossible: (_standing, { restored }) => restored !== null && restored.runs.length > 0,
  },
];

export function stateItems(repl: Repl): MenuItemConstructorOptions[] {
  return ITEMS.map(({ id, label, act, accelerator }) => ({
    id,
    label,
    enabled: false,
    click: () => act(repl),
    ...(accelerator && { accelerator }),
  }));
}

/** Bring them in line with how the session stands. */
export function refreshItems({ situation, stateFeed }: Repl, transfers: TransferProgress): void {
  const rests = situation.state === 'idle' || situation.state === 'moving';
  for (const { id, isPossible } of ITEMS) {
    const item = Menu.getApplicationMenu()?.getMenuItemById(id);
    if (item) item.enabled = rests && isPossible(stateFeed.position, transfers);
  }
}
