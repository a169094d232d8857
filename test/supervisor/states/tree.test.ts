/** The tree of states: where undo, redo and go to lead. */

import { expect, it } from 'vitest';
import type { Done } from '../../../electron/contract/messages.ts';
import { States } from '../../../electron/supervisor/states/states.ts';

const DONE: Done = {
  kind: 'done',
  id: 0,
  outcome: 'ok',
  failure: null,
  changes: null,
  seconds: 0,
  mark: 0,
  ps1: '',
  ps2: '',
};

/** A tree in which so many runs were kept, one after the other. */
function grown(runs: number): States {
  const states = new States();
  for (let run = 1; run <= runs; run += 1) {
    run1(states);
  }
  return states;
}

function run1(states: States): number {
  const id = states.next();
  states.arrive({ id, code: `x = ${id}`, done: { ...DONE, id }, isCopied: true });
  states.frozen({ kind: 'frozen', state: id, pid: 100 + id, seconds: 0.001, threads: 0, moving: false });
  return id;
}

it('undoes to the start and no farther', () => {
  const states = grown(2);
  expect(states.before(1).id).toBe(1);
  expect(states.before(2).id).toBe(0);
  expect(() => states.before(3)).toThrow('There are only 2 runs to undo.');
  states.goTo(0);
  expect(() => states.before(1)).toThrow('There is no run to undo.');
});

it('redoes along the line that was left last', () => {
  const states = grown(2);
  states.goTo(0);
  expect([states.after(1).id, states.after(2).id]).toEqual([1, 2]);
  states.goTo(1);
  const branch = run1(states);
  states.goTo(0);
  expect(states.after(2).id).toBe(branch);
  states.goTo(2);
  states.goTo(1);
  expect(states.after(1).id).toBe(2);
  expect(() => states.after(2)).toThrow('There is only one run to redo.');
});

it('says what can be gone to where a copy is gone', () => {
  const states = grown(4);
  states.lost({ state: 2, reason: 'evicted: to stay within the memory budget' });
  expect(() => states.before(2)).toThrow(
    'There is no copy of state 2 (evicted: to stay within the memory budget). The nearest before it is 1: %goto 1.',
  );
  expect(states.nearest(2).id).toBe(1);
});

it('keeps an older copy where a newer one is refused', () => {
  const states = grown(1);
  states.refused({ kind: 'refused', state: 1, reason: 'io_uring is in use' });
  expect(states.obstacle).toBe(null);
  const id = states.next();
  states.arrive({ id, code: 'y = 1', done: DONE, isCopied: true });
  states.refused({ kind: 'refused', state: id, reason: 'io_uring is in use' });
  expect(states.obstacle).toBe('io_uring is in use');
});

it('keeps names and values of few states only, and of none when Python has died', () => {
  const states = new States();
  for (let run = 1; run <= 12; run += 1) {
    const id = states.next();
    states.arrive({ id, code: 'x = 1', done: { ...DONE, id }, isCopied: true });
    states.noted({ kind: 'noted', state: id, reason: 'io_uring is in use' });
  }
  const noted = () => states.all.filter(({ copy }) => copy === 'noted').map(({ id }) => id);
  expect(noted()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(states.before(2).id).toBe(10);
  expect(states.nearest(12).id).toBe(0);
  states.forgetNotes();
  expect(noted()).toEqual([]);
});

it('never loses the start', () => {
  const states = grown(1);
  states.lost({ state: 0, reason: 'x' });
  expect(states.get(0).copy).toBe('fresh');
});

it('finds a state by its number and by its name, and a name stands for one', () => {
  const states = grown(2);
  states.name(1, 'loaded');
  expect([states.find('loaded').id, states.find('2').id]).toEqual([1, 2]);
  expect(() => states.name(2, 'loaded')).toThrow('State 1 is named loaded already');
  expect(() => states.find('9')).toThrow('There is no state 9; %states lists them.');
  expect(() => states.find('nothing')).toThrow('There is no state named nothing');
});
