/** What a session cannot do without the native part, said as it begins. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ready } from '../../contract/messages.ts';
import { pythonFolder } from '../../supervisor/platform/python-folder.ts';

/** The machines that there is a native part for. */
const MACHINES: readonly string[] = ['x64', 'arm64'];

type Python = Pick<Ready, 'capabilities' | 'implementation'>;

/** A clause; `null` where the part is there, or would be of no use. */
export function lackOfNative({ capabilities, implementation }: Python): string | null {
  const isOfUse = process.platform === 'linux' && implementation === 'CPython';
  if (!isOfUse || capabilities.includes('native')) {
    return null;
  }
  const lack = 'undo is limited: the native part is missing';
  return `${lack}, so runs beside threads or open files cannot be undone as a whole${remedy()}`;
}

function remedy(): string {
  if (!MACHINES.includes(process.arch)) {
    return `; there is none for ${process.arch}`;
  }
  const isCheckout = existsSync(join(pythonFolder(), '..', 'build', 'setup.mjs'));
  return isCheckout ? '; `npm run setup` builds it' : '; reinstalling PyREPL3 brings it back';
}
