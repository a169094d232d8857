/** The user's settings as a session and a console want them; a broken file does not keep anyone from working. */

import { DEFAULTS, readSettings, type Settings } from '../../supervisor/platform/settings.ts';
import type { SessionOptions } from '../../supervisor/session.ts';
import { BYTES_PER_MEGABYTE } from '../../wording/sizes.ts';

export interface Preferences {
  settings: Settings;
  /** What is wrong with the file, so that the defaults hold; `null` where nothing is. */
  complaint: string | null;
}

export function readPreferences(): Preferences {
  try {
    return { settings: readSettings(), complaint: null };
  } catch (error) {
    return { settings: DEFAULTS, complaint: `${(error as Error).message} Until then the defaults hold.` };
  }
}

/** What a session is told of how to keep its states. */
export function retentionBy({ states }: Settings): NonNullable<SessionOptions['states']> {
  const { keep, megabytes, limit, runs } = states;
  return { keep, limit, runs, budget: megabytes === null ? undefined : megabytes * BYTES_PER_MEGABYTE };
}
