/**
 * `npm test`: set up, check, bundle and run every test, windows on a screen in memory.
 *
 * Arguments go to Vitest, as a filter or options; then nothing else is run.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshWindow } from './bundle.mjs';
import { openDisplay } from './display.mjs';
import { ROOT, SETUP, tool } from './places.mjs';
import { note } from './setup/notes.mjs';
import { setUpSessions } from './setup/sessions.mjs';
import { setUpLibraries, setUpWindow } from './setup.mjs';

/** @typedef {{ passed: number, failed: number }} Tally */

const REPORT = join(SETUP, 'vitest.json');

const filters = process.argv.slice(2);

// So that those who end what they started at `exit` come to it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

try {
  await setUpSessions();
  await setUpLibraries();
  await setUpWindow({ display: true });
  const tallies = filters.length > 0 ? [] : [await runCheck()];
  tallies.push(await runBundle());
  tallies.push(await runVitest());
  finish(tallies);
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  finish([{ passed: 0, failed: 1 }]);
}

/** @returns {Promise<Tally>} */
async function runCheck() {
  return tallyOf((await run(process.execPath, ['build/check.mjs'])) === 0);
}

/** @returns {Promise<Tally>} */
async function runBundle() {
  try {
    await freshWindow();
    return { passed: 0, failed: 0 };
  } catch (error) {
    note(`The bundles cannot be built: ${error instanceof Error ? error.message : error}`);
    return tallyOf(false);
  }
}

/** @returns {Promise<Tally>} */
async function runVitest() {
  mkdirSync(SETUP, { recursive: true });
  rmSync(REPORT, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const display = process.platform === 'linux' ? await openDisplay() : null;
  const env = { ...process.env, ...(display && { DISPLAY: display.name, WAYLAND_DISPLAY: '' }) };
  const status = await run(tool('vitest'), ['run', ...reporters, ...filters], env);
  await display?.close();
  if (!existsSync(REPORT)) return tallyOf(false);
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  const passed = report.numPassedTests;
  // A file that cannot be loaded, or an error outside of any test, fails without a failed test.
  const broken = report.testResults.filter(isBroken).length;
  const failed = report.numFailedTests + broken;
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}

/** @param {{ status: string, assertionResults: { status: string }[] }} file */
function isBroken(file) {
  return file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
}

/** @param {boolean} passed @returns {Tally} */
function tallyOf(passed) {
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {Tally[]} tallies */
function finish(tallies) {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/**
 * Run a program with our streams; resolves with its exit status.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
function run(program, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const endWithUs = () => child.kill();
    process.on('exit', endWithUs);
    child.on('error', (error) => reject(new Error(`${program} could not be started`, { cause: error })));
    child.on('close', (status) => {
      process.off('exit', endWithUs);
      resolve(status ?? 1);
    });
  });
}
