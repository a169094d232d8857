/** A home for what tests start without naming one: nothing of theirs, nor a log, goes to the user's. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest's global set-up, for each of its projects; the workers have the last one's, and all go at the end of the run. */
export default function giveHome(): () => void {
  const home = mkdtempSync(join(tmpdir(), 'pyrepl3-home-'));
  process.env.PYREPL3_HOME = home;
  return () => rmSync(home, { recursive: true, force: true });
}
