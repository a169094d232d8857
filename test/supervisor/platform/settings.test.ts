/** The settings file: what it may say, and what is said of it. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DEFAULTS, readSettings } from '../../../electron/supervisor/platform/settings.ts';

function settings(text: string | null) {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (text !== null) {
    writeFileSync(join(folder, 'settings.json'), text);
  }
  return readSettings(folder);
}

it('are the defaults without a file', () => {
  expect(settings(null)).toEqual(DEFAULTS);
});

it('change what the file names, and nothing else', () => {
  expect(settings('{"states": {"keep": "when asked", "megabytes": 512}}')).toEqual({
    ...DEFAULTS,
    states: { ...DEFAULTS.states, keep: 'when asked', megabytes: 512 },
  });
});

it.each([
  ['{', 'is no JSON'],
  ['null', 'must hold an object'],
  ['[]', 'must hold an object'],
  ['{"states": {"limt": 5}}', 'states.limt is no setting; there are keep, megabytes, limit and runs.'],
  ['{"theme": "dark"}', 'theme is no setting; there are states, stop, checkpoints, transcripts and history.'],
  ['{"stop": {}, "checkpoints": {"often": true}}', 'there are automatic, megabytes, foreign and offers.'],
  ['{"states": 5}', 'states must be an object.'],
  ['{"states": null}', 'states must be an object.'],
  ['{"states": []}', 'states must be an object.'],
  ['{"states": {"keep": "never"}}', 'states.keep must be "every run" or "when asked"'],
  ['{"states": {"megabytes": -1}}', 'states.megabytes must be a number from 1, or null'],
  ['{"states": {"limit": "many"}}', 'states.limit must be a number from 1'],
  ['{"checkpoints": {"automatic": "no"}}', 'checkpoints.automatic must be true or false'],
  ['{"checkpoints": {"megabytes": 0}}', 'checkpoints.megabytes must be a number from 1'],
  ['{"checkpoints": {"foreign": "always"}}', 'checkpoints.foreign must be "ask" or "never"'],
  ['{"states": {"runs": 0}}', 'states.runs must be a number from 1'],
  ['{"checkpoints": {"offers": "all"}}', 'checkpoints.offers must be a number from 1'],
  ['{"transcripts": {"each": 0}}', 'transcripts.each must be a number from 1'],
  ['{"history": {"entries": null}}', 'history.entries must be a number from 1'],
  ['{"stop": {"step": 0}}', 'stop.step must be a number of milliseconds from 100'],
])('are refused with words: %s', (text, words) => {
  expect(() => settings(text)).toThrow(words);
});
