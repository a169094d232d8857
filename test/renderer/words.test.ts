/** How the status line puts things. */

import { expect, it } from 'vitest';
import { formatSeconds, identityWords, stateWords } from '../../renderer/app/words.ts';

const SITUATION = {
  state: 'idle',
  run: 42,
  since: null,
  seconds: null,
  reason: null,
  unstarted: false,
  stop: 'interrupt',
  python: 'Python 3.11.7',
  environment: '.venv',
  executable: '/project/.venv/bin/python',
  folder: '~/project',
} as const;

it('names the Python, its environment and the folder', () => {
  expect(identityWords(SITUATION)).toBe('Python 3.11.7 · .venv · ~/project');
  expect(identityWords({ ...SITUATION, environment: null })).toBe('Python 3.11.7 · ~/project');
});

it('says what the session does, or why there is none', () => {
  expect(stateWords(SITUATION)).toBe('idle · run 42');
  expect(stateWords({ ...SITUATION, run: 0 })).toBe('idle');
  expect(stateWords({ ...SITUATION, state: 'asking' })).toBe('waiting for input · run 42');
  expect(stateWords({ ...SITUATION, state: 'ended', reason: 'Python ended: exit status 3' })).toBe(
    'Python ended: exit status 3',
  );
  expect(stateWords({ ...SITUATION, state: 'ended', unstarted: true })).toBe('not started');
});

it.each([
  [1.26, '1.2 s'],
  [59.99, '59.9 s'],
  [65, '1 min 05 s'],
  [3720, '1 h 02 min'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
