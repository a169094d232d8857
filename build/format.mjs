/** `npm run format`: put every file into the one format, and mend what the linters can mend. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT, tool } from './places.mjs';
import { RUFF } from './setup/python-packages.mjs';
import { setUpChecks } from './setup.mjs';

await setUpChecks();
const commands = [[tool('biome'), 'check', '--write', '.']];
if (existsSync(RUFF)) commands.push([RUFF, 'check', '--fix', '--quiet'], [RUFF, 'format', '--quiet']);
for (const [program = '', ...args] of commands) {
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
