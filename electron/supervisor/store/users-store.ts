/** The store of the user who runs the program, as the settings want it. */

import { BYTES_PER_MEGABYTE } from '../../wording/sizes.ts';
import { homeFolder } from '../platform/home.ts';
import type { Settings } from '../platform/settings.ts';
import { openStore, type Store } from './store.ts';

export function openUsersStore({ checkpoints }: Settings, home = homeFolder()): Store {
  const { megabytes, foreign, offers } = checkpoints;
  return openStore({ home, budget: megabytes * BYTES_PER_MEGABYTE, foreign, offers });
}
