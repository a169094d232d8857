/** The store of the user who runs the program, as the settings want it. */

import { homeFolder } from '../platform/home.ts';
import type { Settings } from '../platform/settings.ts';
import { openStore, type Store } from './store.ts';

const BYTES_OF_MEGABYTE = 2 ** 20;

export function openUsersStore({ checkpoints }: Settings, home = homeFolder()): Store {
  const { megabytes, foreign } = checkpoints;
  return openStore({ home, budget: megabytes * BYTES_OF_MEGABYTE, foreign });
}
