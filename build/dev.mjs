/** `npm run dev`: build anew whenever a source changes, and start the window again. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createBuilder } from 'vite';
import { ROOT } from './places.mjs';
import { note } from './setup/notes.mjs';
import { setUpSessions } from './setup/sessions.mjs';
import { setUpWindow } from './setup.mjs';
import { chromiumFlags } from './window.mjs';

/** One save often changes several bundles: the window waits until it is quiet. */
const QUIET_MS = 200;
const BUNDLES = ['main', 'preload', 'renderer'];

await setUpSessions();
const { executable } = await setUpWindow();

/** @type {import('node:child_process').ChildProcess | null} */
let window = null;
/** @type {NodeJS.Timeout | undefined} */
let quiet;
const unbuilt = new Set(BUNDLES);

process.on('exit', () => window?.kill());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit());

const options = { configFile: join(ROOT, 'vite.config.ts'), build: { watch: {} } };
const builder = await createBuilder({ ...options, logLevel: 'warn' }, null);
for (const name of BUNDLES) await watch(name);

/** @param {string} name */
async function watch(name) {
  const environment = builder.environments[name];
  if (!environment) throw new Error(`vite.config.ts has no environment named ${name}`);
  const watcher = /** @type {import('vite').Rolldown.RolldownWatcher} */ (await builder.build(environment));
  watcher.on('event', (event) => {
    if (event.code === 'ERROR') note(`${name}: ${event.error.message}`);
    if (event.code !== 'END') return;
    unbuilt.delete(name);
    clearTimeout(quiet);
    if (unbuilt.size === 0) quiet = setTimeout(restart, QUIET_MS);
  });
}

async function restart() {
  const former = window;
  if (former) {
    former.off('exit', endWithWindow);
    former.kill();
    // There is one window for each home: the next one would give way to one that still ends.
    if (former.exitCode === null && former.signalCode === null) await once(former, 'exit');
  }
  window = spawn(executable, [...chromiumFlags(), ROOT, ...process.argv.slice(2)], { stdio: 'inherit' });
  window.on('exit', endWithWindow);
}

/** @param {number | null} status */
function endWithWindow(status) {
  process.exit(status ?? 1);
}
