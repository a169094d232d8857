/** The test suites: one project for each kind of surroundings that a test needs. */

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A loaded machine may be slow; a test that hangs must still end. */
const TEST_TIMEOUT_MS = 30_000;
const APP_TIMEOUT_MS = 90_000;
/** Signals, threads and windows on a shared machine: what fails for good fails three times. */
const RETRIES = 2;
/** Tests wait for Pythons and windows about half of their time: one more worker than there are processors. */
const WORKERS = Math.min(Math.max(availableParallelism(), 2) + 1, 8);

/** What a Python has compiled, the next one need not, wherever the tests are run. */
const ENVIRONMENT = { PYTHONDONTWRITEBYTECODE: '' };

const HOME = 'test/support/own-home.ts';
const PYTHONS = 'test/support/found-pythons.ts';
const SCREENS = 'test/support/screens.ts';

function inNode(name: string) {
  return {
    test: {
      name,
      retry: RETRIES,
      environment: 'node',
      include: [`test/${name}/**/*.test.ts`],
      globalSetup: [HOME, PYTHONS],
      env: ENVIRONMENT,
      // A worker that has loaded Vitest and the sources goes on with the next file.
      isolate: false,
      testTimeout: TEST_TIMEOUT_MS,
      hookTimeout: TEST_TIMEOUT_MS,
    },
  };
}

/** A project that drives a real window: each worker has a screen, so that none takes another's focus. */
function inWindow(name: string) {
  const { test } = inNode(name);
  const timeouts = { testTimeout: APP_TIMEOUT_MS, hookTimeout: APP_TIMEOUT_MS };
  return { test: { ...test, ...timeouts, globalSetup: [HOME, PYTHONS, SCREENS] } };
}

/** The projects by the length of their files; those of one project stay together, as they share their workers. */
const LONG = [
  'checkpoints',
  'native',
  'app',
  'package',
  'libraries',
  'build',
  'supervisor',
  'repl',
  'cli',
  'agents',
];

/** The files that take long come first, so that no worker is left alone with one at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project }: TestSpecification) =>
      LONG.includes(project.name) ? LONG.indexOf(project.name) : LONG.length;
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    maxWorkers: WORKERS,
    passWithNoTests: true,
    sequence: { sequencer: LongFirst },
    projects: [
      inNode('contract'),
      inNode('wording'),
      inNode('python'),
      inNode('checkpoints'),
      inNode('native'),
      inNode('supervisor'),
      inNode('libraries'),
      inNode('repl'),
      inNode('cli'),
      inNode('agents'),
      inNode('main'),
      inNode('build'),
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          isolate: false,
          testTimeout: TEST_TIMEOUT_MS,
        },
      },
      inWindow('app'),
      inWindow('package'),
    ],
  },
});
