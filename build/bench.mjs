/** `npm run bench`: the numbers, as ratios; `--quick` under a minute, `--json` one JSON object alone. */

import { freshBench } from './bundle.mjs';
import { ensureIpykernel } from './setup/ipykernel.mjs';
import { note } from './setup/notes.mjs';

const { bench } = await import(await freshBench());
try {
  await bench(process.argv.slice(2), ensureIpykernel);
} catch (error) {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
