/**
 * `npm test`: set up, check, bundle and run every test, windows on a screen in memory.
 *
 * Arguments go to Vitest, as a filter or options; then nothing else is run.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshWindow } from './bundle.mjs';
import { openDisplay } from './display.mjs';
import { ROOT, SETUP, tool } from './places.mjs';
import { note } from './setup/notes.mjs';
import { setUpSessions, setUpWindow } from './setup.mjs';

/** @typedef {{ passed: number, failed: number }} Tally */

const REPORT = join(SETUP, 'vitest.json');
const PYTHON_TESTS = join(ROOT, 'test/python');

const filters = process.argv.slice(2);

// So that those who end what they started at `exit` come to it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

try {
  await setUpSessions();
  await setUpWindow({ display: true });
  const tallies = filters.length > 0 ? [] : [await runCheck()];
  tallies.push(await runBundle());
  tallies.push(await runVitest());
  if (filters.length === 0 && hasPythonTests()) tallies.push(await runPython());
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

function hasPythonTests() {
  return existsSync(PYTHON_TESTS) && readdirSync(PYTHON_TESTS).some((name) => /^test_.*\.py$/.test(name));
}

/** @returns {Promise<Tally>} */
async function runPython() {
  let said = '';
  const args = ['-m', 'unittest', 'discover', '-s', PYTHON_TESTS, '-t', PYTHON_TESTS];
  const env = { ...process.env, PYTHONPATH: join(ROOT, 'python') };
  await run('python3', args, env, (text) => {
    said += text;
  });
  const total = Number(/^Ran (\d+) tests?/m.exec(said)?.[1] ?? 0);
  const bad = [...said.matchAll(/(?:failures|errors|unexpected successes)=(\d+)/g)];
  const failed = bad.reduce((sum, match) => sum + Number(match[1]), 0);
  return total === 0 ? tallyOf(false) : { passed: total - failed, failed };
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
 * Run a program with our streams; `listen` also hears its standard error.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {(text: string) => void} [listen]
 * @returns {Promise<number>}
 */
function run(program, args, env = process.env, listen) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', listen ? 'pipe' : 'inherit'],
    });
    const endWithUs = () => child.kill();
    process.on('exit', endWithUs);
    child.stderr?.on('data', (data) => {
      process.stderr.write(data);
      listen?.(String(data));
    });
    child.on('error', (error) => reject(new Error(`${program} could not be started`, { cause: error })));
    child.on('close', (status) => {
      process.off('exit', endWithUs);
      resolve(status ?? 1);
    });
  });
}
