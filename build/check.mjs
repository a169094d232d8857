/** `npm run check`: generated files, rooms, lint, format and the types of both languages, all at once. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT, tool } from './places.mjs';
import { RUFF } from './setup/python-packages.mjs';
import { setUpChecks } from './setup.mjs';

await setUpChecks();

const begin = Date.now();
const checks = [
  check('contract', 'python3', ['build/contract.py', '--check']),
  check('rooms', 'python3', ['build/rooms.py']),
  check('promises', process.execPath, ['build/floating-promises.mjs']),
  check('biome', tool('biome'), ['check', '--error-on-warnings', '.']),
  check('typescript', tool('tsc'), ['-b']),
  check('pyright', tool('pyright'), []),
  ...(existsSync(RUFF)
    ? [check('ruff', RUFF, ['check']), check('ruff format', RUFF, ['format', '--diff'])]
    : []),
];
const results = await Promise.all(checks);
const failed = results.filter((result) => !result.passed);
for (const { name, output } of failed) console.log(`${name}:\n${output.trimEnd()}\n`);
const seconds = ((Date.now() - begin) / 1000).toFixed(1);
const names = (failed.length > 0 ? failed : results).map((result) => result.name).join(', ');
const absent = existsSync(RUFF) ? '' : ' (ruff is not installed, so it did not run)';
console.log(`Check ${failed.length > 0 ? 'failed' : 'passed'} in ${seconds} s: ${names}${absent}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ name: string, passed: boolean, output: string }>}
 */
function check(name, program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    child.on('error', (error) => resolve({ name, passed: false, output: `${program}: ${error.message}` }));
    child.on('close', (status) => resolve({ name, passed: status === 0, output }));
  });
}
