import { describe, expect, it } from 'vitest';
import { railsOf } from '../../electron/repl/messages/state-rails.ts';
import { statesList } from '../../electron/repl/messages/states-list.ts';
import { paletteFor } from '../../electron/repl/screen/palette.ts';
import type { State } from '../../electron/supervisor/session.ts';

/** The rails of states 0, 1, 2 …, whose parents these are. */
function drawn(...parents: (number | null)[]): string[] {
  return railsOf(parents.map((parent, id) => ({ id, parent }))).map(({ lead, tail }) => `${lead}o${tail}`);
}

describe('rails', () => {
  it('are one line where nothing was undone', () => {
    expect(drawn(null, 0, 1, 2)).toEqual(['o', 'o', 'o', 'o']);
  });

  it('lead a branch that was left to the right', () => {
    expect(drawn(null, 0, 1, 0, 3)).toEqual(['o', '├─o', '│ o', 'o', 'o']);
  });

  it('go by each other where branches are worked on in turns', () => {
    expect(drawn(null, 0, 0, 1, 2, 3)).toEqual(['o', '├─o', 'o │', '│ o', 'o │', '  o']);
  });

  it('cross where a branch begins behind another', () => {
    expect(drawn(null, 0, 0, 1, 2, 0, 3, 4)).toEqual([
      'o',
      '├─o',
      '├─┼─o',
      '│ o │',
      '│ │ o',
      'o │ │',
      '  o │',
      '    o',
    ]);
  });
});

describe('the list of states', () => {
  const state = (id: number, rest: Partial<State> = {}): State => ({
    id,
    parent: id === 0 ? null : id - 1,
    run: id === 0 ? null : id,
    code: `x${id} = ${'1 + '.repeat(id * 4)}1\nx`,
    outcome: 'ok',
    seconds: 0.01,
    changes: null,
    name: null,
    copy: 'frozen',
    reason: null,
    life: 0,
    pid: null,
    pause: null,
    at: 0,
    ...rest,
  });
  const changes = {
    added: ['a'],
    rebound: ['b'],
    changed: ['c'],
    removed: ['d'],
    skipped: [],
    more: 0,
    outside: [],
  };
  const states = [
    state(0, { copy: 'fresh' }),
    state(1, { copy: 'gone' }),
    state(2, { changes, outcome: 'raised', seconds: 1.24, name: 'good' }),
    state(3),
  ];
  const list = (columns: number, count = 20) =>
    statesList({ states, current: 3, count, columns, palette: paletteFor(false) }).split('\n');

  it('shows what fits of each', () => {
    expect(list(50)).toEqual([
      '❄  0  the start',
      '○  1  x1 = 1 + 1 + 1 + 1 + 1 …',
      '❄  2  x2 = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1…  (good)',
      '●  3  x3 = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1…',
    ]);
  });

  it('shows what the runs did where there is room', () => {
    expect(list(60)[2]).toBe('❄  2  x2 = 1 + 1 + 1 + 1 …  +1 ~2 −1  raised  1.2 s  (good)');
  });

  it('leaves the details out where there is no room', () => {
    expect(list(20).slice(2)).toEqual(['❄  2  x2 = 1 + 1 +…', '●  3  x3 = 1 + 1 +…']);
  });

  it('says how many are before those that are shown', () => {
    expect(list(50, 1)[0]).toBe('· 3 more before: %states 4');
  });
});
