/** Build the bundles that are missing or older than their sources, without a word. */

import { existsSync, mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './places.mjs';

/** What each bundle is made of. */
const SETTINGS = ['vite.config.ts', 'package-lock.json'];
const CLI = [
  'electron/contract',
  'electron/wording',
  'electron/supervisor',
  'electron/repl',
  'electron/cli',
  ...SETTINGS,
];
const AGENTS = [...CLI, 'electron/agents'];
const LIBRARY = [
  'electron/contract',
  'electron/wording',
  'electron/supervisor',
  'electron/library',
  ...SETTINGS,
];
const BENCH = [
  'electron/contract',
  'electron/wording',
  'electron/supervisor',
  'test/bench',
  'test/support',
  ...SETTINGS,
];
const WINDOW_FILES = ['main/main.js', 'preload/preload.cjs', 'renderer/index.html'];
const WINDOW = ['electron', 'renderer', ...SETTINGS];

/** Return the file of the program `pyrepl3`, built anew where it is missing or stale. */
export async function freshProgram() {
  const file = join(ROOT, 'dist/cli/main.js');
  if (isStale(file, CLI)) await bundleOne('cli', file);
  return file;
}

/** Return the file of the server for agents, built anew where it is missing or stale. */
export async function freshAgents() {
  const file = join(ROOT, 'dist/agents/main.js');
  if (isStale(file, AGENTS)) await bundleOne('agents', file);
  return file;
}

/** Return the library's file, built anew where it is missing or stale. */
export async function freshLibrary() {
  const file = join(ROOT, 'dist/library/pyrepl3.js');
  if (isStale(file, LIBRARY)) await bundleOne('library', file);
  return file;
}

/** Return the bench's file, built anew where it is missing or stale. */
export async function freshBench() {
  const file = join(ROOT, 'dist/bench/main.js');
  if (isStale(file, BENCH)) await bundleOne('bench', file);
  return file;
}

/** Build everything that the window consists of, where it is missing or stale. */
export async function freshWindow() {
  const files = WINDOW_FILES.map((file) => join(ROOT, 'dist', file));
  if (files.some((file) => isStale(file, WINDOW))) await bundleAll();
}

/**
 * Whether a bundle is missing or older than one of its sources. A package has no sources, and is never stale.
 *
 * @param {string} file
 * @param {string[]} sources files and folders
 * @param {string} [root]
 */
export function isStale(file, sources, root = ROOT) {
  if (!existsSync(join(root, 'electron'))) return false;
  const built = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.some((source) => newest(join(root, source)) > built);
}

/** Return when something was last changed in a folder; a deleted file changes the folder itself. @param {string} path @returns {number} */
function newest(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * Build a bundle that is one file, and replace it in one step: another process may be starting from it.
 *
 * @param {string} name
 * @param {string} file
 */
async function bundleOne(name, file) {
  const begin = new Date();
  const builder = await silentBuilder({ write: false });
  const environment = builder.environments[name];
  if (!environment) throw new Error(`vite.config.ts has no environment named ${name}`);
  const result = /** @type {import('vite').Rolldown.RolldownOutput} */ (await builder.build(environment));
  const unfinished = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(unfinished, result.output[0].code);
  // What was saved while the bundle was being built is not in it.
  utimesSync(unfinished, begin, begin);
  renameSync(unfinished, file);
}

async function bundleAll() {
  const builder = await silentBuilder({});
  await builder.buildApp();
}

/** @param {import('vite').BuildEnvironmentOptions} build */
async function silentBuilder(build) {
  const { createBuilder } = await import('vite');
  return createBuilder({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'silent', build }, null);
}
