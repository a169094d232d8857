/** The user's settings as a session and a console want them; a broken file does not keep anyone from working. */

import { type Settings } from '../supervisor/platform/settings.ts';
import type { SessionOptions } from '../supervisor/session/session.ts';
export interface Preferences {
  settings: Settings;
  /** What is wrong with the file, so that the defaults hold; `null` where nothing is. */
  complaint: string | null;
}
export declare function readPreferences(): Preferences;
/** What a session is told of how to keep its states. */
export declare function keepingBy({ states }: Settings): NonNullable<SessionOptions['states']>;
