/** How the status line puts things. */

import { expect, it } from 'vitest';
import { hindrance, identityWords, stateWords, stopWords } from '../../renderer/model/situation-words.ts';

const SITUATION = {
  state: 'idle',
  run: 42,
  since: null,
  seconds: null,
  obstacle: null,
  loss: null,
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

it('says that a run cannot be undone, and why', () => {
  const obstacle = 'io_uring is in use';
  expect(stateWords({ ...SITUATION, state: 'running', obstacle })).toBe(
    'running · run 42 · cannot be undone: io_uring is in use',
  );
});

it('promises to keep the state only where that is so', () => {
  const kill = { ...SITUATION, state: 'running', stop: 'kill' } as const;
  expect(stopWords(kill)).toEqual({
    label: 'Stop, keep the state',
    title: 'The run does not stop: end it by force, and go back to the state before it',
  });
  expect(stopWords({ ...kill, loss: 'runs 3 to 7 are lost' })).toEqual({
    label: 'Stop, lose names',
    title: 'The run does not stop: end it by force; runs 3 to 7 are lost',
  });
});

it('says that stopping a save loses only the save', () => {
  expect(stopWords({ ...SITUATION, state: 'saving' }).label).toBe('Stop saving');
  expect(stateWords({ ...SITUATION, state: 'saving' })).toBe('saving the session; runs wait');
});

it('says why the session cannot go to another state now', () => {
  const all = ['starting', 'idle', 'running', 'asking', 'saving', 'moving', 'ended'] as const;
  expect(all.filter((state) => hindrance({ state }) === null)).toEqual(['idle', 'moving']);
});
