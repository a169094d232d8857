/** The test suites: one project for each kind of surroundings that a test needs. */

import { defineConfig } from 'vitest/config';

/** A loaded machine may be slow; a test that hangs must still end. */
const TEST_TIMEOUT_MS = 30_000;
const APP_TIMEOUT_MS = 90_000;
/** What is found once for all files. */
const SETUP = 'test/support/provided.ts';
/** Signals, threads and windows on a shared machine: what fails for good fails three times. */
const RETRIES = 2;

function inNode(name: string) {
  return {
    test: {
      name,
      retry: RETRIES,
      environment: 'node',
      globalSetup: SETUP,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: TEST_TIMEOUT_MS,
      hookTimeout: TEST_TIMEOUT_MS,
    },
  };
}

/** A project that drives a real window: one after the other, or they would take each other's focus. */
function inWindow(name: string) {
  return {
    test: {
      name,
      retry: RETRIES,
      environment: 'node',
      globalSetup: SETUP,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: APP_TIMEOUT_MS,
      hookTimeout: APP_TIMEOUT_MS,
      fileParallelism: false,
      sequence: { groupOrder: 1 },
    },
  };
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    // Tests start real Pythons: more workers than this only wait for each other.
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      inNode('contract'),
      inNode('python'),
      inNode('checkpoints'),
      inNode('native'),
      inNode('supervisor'),
      inNode('libraries'),
      inNode('repl'),
      inNode('cli'),
      inNode('main'),
      inNode('build'),
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          testTimeout: TEST_TIMEOUT_MS,
        },
      },
      inWindow('app'),
      inWindow('package'),
    ],
  },
});
