/**
 * `npm test`: set up, check, bundle and run every test; `npm run test:all`, with `--all`, has all of them at full length.
 *
 * Further arguments go to Vitest, as a filter or options; then nothing is checked, and only what is needed is set up.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freshWindow } from './bundle.mjs';
import { ROOT, SETUP, tool } from './places.mjs';
import { note } from './setup/notes.mjs';
import { areLibrariesThere } from './setup/python-packages.mjs';
import { setUpSessions } from './setup/sessions.mjs';
import { setUpExtendedLibraries, setUpLibraries, setUpWindow } from './setup.mjs';

/** @typedef {{ passed: number, failed: number }} Tally */
/** @typedef {{ fullName: string, status: string, failureMessages: string[] }} Test */
/** @typedef {{ name: string, status: string, assertionResults: Test[] }} TestFile */

const REPORT = join(SETUP, 'vitest.json');

/** What makes each test as long as it wants to be, unless it is set already. */
const ALL = {
  PYREPL3_EVERY: '1',
  PYREPL3_EXTENDED: '1',
  PYREPL3_FUZZ_SECONDS: '600',
  PYREPL3_KILLS: '1000',
  PYREPL3_PAIRS: '1000',
  PYREPL3_RUNS: '40',
};

const isAll = process.argv.includes('--all');
const filters = process.argv.slice(2).filter((argument) => argument !== '--all');
const isWhole = filters.length === 0;
const env = { ...(isAll && ALL), ...process.env };

// So that those who end what they started at `exit` come to it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

try {
  const check = isWhole ? runCheck() : null;
  const bundle = isWhole ? runBundle() : null;
  await setUp();
  const tallies = [(await bundle) ?? tallyOf(), await runVitest()];
  if (check) {
    const { status, output } = await check;
    process.stdout.write(output);
    tallies.push(tallyOf(status === 0));
  }
  tellRetried();
  finish(tallies);
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  finish([tallyOf(false)]);
}

/** All at once, as most of it waits for what is fetched. What is for windows alone, their tests ask for themselves. */
async function setUp() {
  await Promise.all([
    setUpSessions(),
    (isWhole || (await needsLibraries())) && setUpLibraries(),
    isAll && setUpExtendedLibraries(),
    isWhole && setUpWindow({ display: true }),
  ]);
}

/** Whether a test that is asked for uses libraries that are not there yet. */
async function needsLibraries() {
  if (areLibrariesThere()) return false;
  const { output } = await run(tool('vitest'), ['list', '--filesOnly', '--json', ...filters]);
  const files = /** @type {{ file: string }[]} */ (JSON.parse(output.slice(output.indexOf('['))));
  return files.some(({ file }) => /\bPACKAGES\b|_PACKAGES\b/.test(readFileSync(file, 'utf8')));
}

/** It goes on beside set-up and the first tests, and is told after them. */
function runCheck() {
  return run(process.execPath, ['build/check.mjs']);
}

/** @returns {Promise<Tally>} */
async function runBundle() {
  try {
    await freshWindow();
    return tallyOf();
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
  const { status } = await run(tool('vitest'), ['run', ...reporters, ...filters], 'inherit');
  if (!existsSync(REPORT)) return tallyOf(false);
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  const passed = report.numPassedTests;
  // A file that cannot be loaded, or an error outside of any test, fails without a failed test.
  const broken = report.testResults.filter(isBroken).length;
  const failed = report.numFailedTests + broken;
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed };
}

/** @param {TestFile} file */
function isBroken(file) {
  return file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
}

/** A test that passed after all has hidden something: say which, and how it had failed. */
function tellRetried() {
  if (!existsSync(REPORT)) return;
  const { testResults } = /** @type {{ testResults: TestFile[] }} */ (
    JSON.parse(readFileSync(REPORT, 'utf8'))
  );
  const retried = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
      .map(({ fullName, failureMessages: [why = ''] }) => [
        `  ${name.slice(ROOT.length + 1)} > ${fullName}`,
        `    ${why.split('\n', 1)[0]}`,
      ]),
  );
  if (retried.length === 0) return;
  console.log(`Passed only when tried again: ${retried.length}`);
  console.log(retried.flat().join('\n'));
}

/** @param {boolean} [passed] without it neither has passed nor failed @returns {Tally} */
function tallyOf(passed) {
  return { passed: passed === true ? 1 : 0, failed: passed === false ? 1 : 0 };
}

/** @param {Tally[]} tallies */
function finish(tallies) {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/**
 * Run a program; resolves with its exit status, and what it wrote where it does not write to our streams.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {'inherit' | 'pipe'} [out]
 * @returns {Promise<{ status: number, output: string }>}
 */
function run(program, args, out = 'pipe') {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', out, out] });
    const endWithUs = () => child.kill();
    process.on('exit', endWithUs);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        output += data;
      });
    }
    child.on('error', (error) => reject(new Error(`${program} could not be started`, { cause: error })));
    child.on('close', (status) => {
      process.off('exit', endWithUs);
      resolve({ status: status ?? 1, output });
    });
  });
}
