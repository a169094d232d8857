/** What fails in the program itself is said, and the console stays of use. */

import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { History } from '../../electron/repl/history/history.ts';
import { newHome } from '../support/store.ts';
import { ConsoleTrial } from './trial.ts';

it('goes on after a failure at the prompt, says it, and writes its stack into the log', async () => {
  const home = newHome();
  vi.stubEnv('PYREPL3_HOME', home);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  // No system opens a file of this name: what is typed cannot be remembered, and that is not expected.
  const trial = new ConsoleTrial({ history: new History('history\0.jsonl') });
  trial.type('x = 1\r');
  await trial.becomes(
    () => trial.screen.join('').includes('failed in a part of itself, doing what was typed'),
    () => 'what failed',
  );
  await trial.endsWith('>>>');
  trial.type('%undo\r');
  await trial.endsWith('>>>');
  expect((await trial.console.run('x = 2; x', { show: false })).outcome).toBe('ok');
  await trial.endsIn('2', '>>>');
  const log = readFileSync(`${home}/log/pyrepl3.log`, 'utf8');
  expect(log).toMatch(/process \d+: doing what was typed\n {2}TypeError.*null bytes/);
  expect(log).toMatch(/\n {6,}at .*history\.ts/);
});
