/** `npm run bench`: the numbers, as ratios; `--quick` in two minutes or more, `--json` one JSON object alone. */

import { freshAgents, freshBench } from './bundle.mjs';
import { ensureForBench, ensureLibrariesForBench } from './setup/bench-packages.mjs';
import { note } from './setup/notes.mjs';
import { setUpSessions } from './setup/sessions.mjs';

await setUpSessions();
const { bench } = await import(await freshBench());
/** @type {Record<string, (python: string) => Promise<string | null>>} */
const install = {
  ipykernel: (python) => ensureForBench('ipykernel', python),
  libraries: ensureLibrariesForBench,
  dill: (python) => ensureForBench('dill', python),
  kishu: (python) => ensureForBench('kishu', python),
  mcpRepl: (python) => ensureForBench('mcp-repl', python),
  server: () => freshAgents(),
};
try {
  await bench(process.argv.slice(2), install);
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
