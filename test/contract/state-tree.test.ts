/** How the tree of states is walked, and laid out in lanes. */

import { expect, it } from 'vitest';
import { byId, lanesOf, lineTo, pathBetween, type TreeNode } from '../../electron/contract/state-tree.ts';

/** The parents of states 1, 2, … are given. */
function tree(...parents: number[]): TreeNode[] {
  return [null, ...parents].map((parent, id) => ({ id, parent }));
}

/** Draw the lanes: `o` a dot, `|` a line, `\\o` a dot where a branch begins. */
function draw(...parents: number[]): string[] {
  return lanesOf(tree(...parents)).map(({ lane, through, joins }) => {
    const cells: string[] = [];
    cells[lane] = joins === null ? 'o' : `\\o`;
    for (const other of through) cells[other] = '|';
    return [...cells].map((cell) => cell ?? ' ').join(' ');
  });
}

const ids = (states: readonly TreeNode[]) => states.map(({ id }) => id);

it('leads from a state to the start', () => {
  const states = byId(tree(0, 1, 1, 3));
  expect([ids(lineTo(states, 4)), ids(lineTo(states, 0)), ids(lineTo(states, 9))]).toEqual([
    [4, 3, 1, 0],
    [0],
    [],
  ]);
});

it('tells what is left and what is come to between two states', () => {
  const states = byId(tree(0, 1, 2, 1, 4));
  const { left, reached } = pathBetween(states, 3, 5);
  expect([ids(left), ids(reached)]).toEqual([
    [3, 2],
    [4, 5],
  ]);
});

it('says for each lane whether it comes from above and goes on', () => {
  expect(lanesOf(tree(0, 0))).toEqual([
    { lane: 0, joins: null, above: false, below: true, through: [] },
    { lane: 1, joins: 0, above: false, below: false, through: [0] },
    { lane: 0, joins: null, above: true, below: false, through: [] },
  ]);
});

it('draws a line', () => {
  expect(draw(0, 1, 2)).toEqual(['o', 'o', 'o', 'o']);
});

it('lets the last branch run straight down, and what was undone beside it', () => {
  expect(draw(0, 1, 2, 1, 4)).toEqual(['o', 'o', '| \\o', '| o', 'o', 'o']);
});

it('draws one lane for many attempts from the same state', () => {
  expect(draw(0, 1, 1, 1, 1)).toEqual(['o', 'o', '| \\o', '| \\o', '| \\o', 'o']);
});

it('keeps the lane of a branch that is gone on with, beside the one that was begun last', () => {
  expect(draw(0, 1, 1, 2)).toEqual(['o', 'o', '| \\o', 'o |', '  o']);
});

it('draws branches of branches', () => {
  expect(draw(0, 1, 2, 2, 0)).toEqual(['o', '| \\o', '| o', '| | \\o', '| o', 'o']);
});
