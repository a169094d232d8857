/** Pythons that find the Python side of the program without its native part. */

import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import type { Interpreter } from './interpreters.ts';

/** The same Python, whose sessions begin in a copy of our folder that has nothing beside it. */
export function withoutNative({ version, executable }: Interpreter): Interpreter {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-plain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(ROOT, 'python'), join(folder, 'python'), { recursive: true });
  const launch = join(folder, 'python', 'launch.py');
  const wrapper = join(folder, 'python3');
  // A session is begun with our own launcher.
  writeFileSync(wrapper, `#!/bin/sh\nshift\nexec '${executable}' '${launch}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  return { version, executable: wrapper };
}
